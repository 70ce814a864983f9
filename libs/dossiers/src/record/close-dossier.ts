import { parseMoment } from '#calendar'
import type { Command, CommandHandler, Outcome } from '#engine'
import type { EventStore } from '#event-store'
import { withoutRefusedClosings } from '../domain/closings.js'
import { assess } from '../domain/assessment.js'
import { messagesOf, type DossierState } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { settleMessages } from '../domain/settle-messages.js'
import { messagesBefore } from './messages-before.js'
import { rulebooksOf } from './rulebooks.js'

/** A dossier that keeps changing while it is assessed is looked at so often. */
const mostLooks = 5

/** What a closing takes from its sender; the rest is the assessment. */
export type Closing = Pick<Command, 'id' | 'aggregate' | 'actor'> &
  Partial<Pick<Command, 'occurredAt' | 'dryRun' | 'expectedRevision' | 'correlationId' | 'causationId'>>

/**
 * Closes a dossier, or is refused with what is missing. Whether anything is missing hangs on calendar and procedure,
 * which a decision cannot read: the assessment goes into the command, with the number of messages that it took in, and
 * the decision holds it against the dossier as it is then.
 *
 * @param now ISO instant: the closing is judged as of it unless it says when it happened.
 */
export async function closeDossier(
  { commands, store }: { readonly commands: CommandHandler; readonly store: EventStore },
  closing: Closing,
  now: string,
): Promise<Outcome<DossierState>> {
  for (let look = 1; ; look++) {
    const assessed = await assessForClosing({ commands, store }, closing, now)
    const outcome = await commands.handle<DossierState>({
      ...closing,
      workflow: dossierWorkflow.name,
      transition: 'Close',
      data: { assessed },
    })
    const stale = outcome.status === 'refused' && outcome.refusal.code === 'assessment-stale'
    if (!stale || look === mostLooks) return outcome
  }
}

/** What a closing needs to say of the dossier as it is: the door of HTTP sends its commands by itself. */
export async function assessForClosing(
  { commands, store }: { readonly commands: CommandHandler; readonly store: EventStore },
  closing: Pick<Closing, 'id' | 'aggregate' | 'occurredAt'>,
  now: string,
): Promise<Assessed> {
  return (
    (await asClosedBefore(store, closing)) ??
    (await assessedNow(commands, store, closing.aggregate, closing.occurredAt ?? now))
  )
}

type Assessed = { readonly messages: number; readonly missing: readonly string[] }

async function asClosedBefore(
  store: EventStore,
  closing: Pick<Closing, 'id' | 'aggregate'>,
): Promise<Assessed | null> {
  const messages = await messagesBefore(store, closing, 'dossier.Closed')
  return messages === null ? null : { messages, missing: [] }
}

async function assessedNow(
  commands: CommandHandler,
  store: EventStore,
  aggregate: string,
  asOf: string,
): Promise<Assessed> {
  const { state } = await commands.load(dossierWorkflow, aggregate)
  return { messages: state.messages.length, missing: await missing(store, state, asOf) }
}

async function missing(store: EventStore, state: DossierState, asOf: string): Promise<string[]> {
  const messages = messagesOf(state)
  const rulebook = await rulebooksOf(store).of(state, messages)
  const { events } = withoutRefusedClosings(rulebook, settleMessages(messages).events)
  const assessment = assess(rulebook, events, parseMoment(asOf))
  return [...(assessment?.closing.missing ?? ['end'])]
}
