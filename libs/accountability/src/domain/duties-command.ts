import type { LocalDate } from '#calendar'
import type { JsonValue } from '#kernel'
import { accountabilityWorkflow } from './accountability.workflow.js'
import type { DutiesAct } from './duties-watch.js'
import type { OwedDuty } from './duty.js'

/** What the duties are about, as the commands say it. */
export interface DutiesMatter {
  /** Of the workflow `accountability`. */
  readonly aggregate: string
  readonly of: { readonly source: string; readonly dossier: string } | { readonly deliverable: string }
  readonly due: LocalDate | null
  readonly since: LocalDate | null
  /** Where a delay would arise. */
  readonly unit: string | null
  readonly missing: readonly OwedDuty[]
  /** Version of the rule in force. */
  readonly rule: string
}

/** The command by which an act goes on record. */
export function dutiesCommand(
  act: DutiesAct,
  { aggregate, of, due, since, unit, missing, rule }: DutiesMatter,
): {
  readonly workflow: string
  readonly aggregate: string
  readonly transition: string
  readonly data: JsonValue
} {
  const command = (transition: string, data: object) => {
    const about = { ...of, ...data } as unknown as JsonValue
    return { workflow: accountabilityWorkflow.name, aggregate, transition, data: about }
  }
  switch (act.kind) {
    case 'announce':
      return command('Expect', { due, unit, rule })
    case 'open':
      return command('Open', { due, since, duties: missing, rule })
    case 'remind': {
      const { to, afterDays } = act.reminder
      return command('Remind', { due: act.due, to, afterDays, duties: missing })
    }
    case 'close':
      return command('Close', { due: act.due, reason: act.reason })
  }
}
