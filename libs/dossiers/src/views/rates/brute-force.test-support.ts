import { contextOf, type EventMetadata } from '#engine'
import type { InMemoryEventStore, RecordedEvent } from '#event-store'
import type { Assessment } from '../../domain/assessment.js'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { dossierFormulas, stepFormulas } from '../../domain/formulas/all-formulas.js'
import type { ReportPeriod } from '../../domain/formulas/formula.js'
import { stepRuns } from '../../domain/formulas/step-formula.js'
import { settleMessages } from '../../domain/settle-messages.js'
import type { Rulebook } from '../../domain/rulebook.js'
import { evaluateMessages } from '../../evaluate/evaluate-one.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { dimensions, type Dimension } from './cells.js'

/** A dossier as of a position. */
export interface Known {
  readonly state: DossierState
  readonly rulebook: Rulebook
}

/** Every dossier as of a position, by folding its events anew. */
export async function knownAt(
  store: InMemoryEventStore,
  events: readonly RecordedEvent[],
  at: bigint,
): Promise<Known[]> {
  const states = new Map<string, DossierState>()
  for (const event of events) {
    if (event.position > at || !event.stream.startsWith('dossier-')) continue
    const before = states.get(event.stream) ?? dossierWorkflow.initial
    const context = contextOf(event.metadata as unknown as EventMetadata)
    states.set(event.stream, dossierWorkflow.evolve(before, event, context))
  }
  const books = rulebooksOf(store)
  return Promise.all(
    [...states.values()].map(async (state) => ({
      state,
      rulebook: await books.of(state, messagesOf(state)),
    })),
  )
}

/** After all that happens to a dossier here: a figure of a period is told by everything that is known. */
const lastDay = '2027-12-31'

export function assessedAt({ state, rulebook }: Known, period: ReportPeriod): Assessment | null {
  const cut = { asOf: { date: lastDay, time: null }, knownAt: null, period }
  return evaluateMessages(rulebook, messagesOf(state), cut).atPeriodEnd
}

/** Dossiers that had begun and of whose procedure no version was in force on the day that it is chosen by. */
export function withoutVersion(known: readonly Known[], { to }: ReportPeriod): number {
  return known.filter(({ state, rulebook }) => {
    const { events } = settleMessages(messagesOf(state))
    // Without a version nothing can be closed, and a closing that was refused says nothing of the dossier.
    const counted = events.filter(({ type }) => type !== 'Closed')
    const chosenBy = ['Accepted', 'Submitted'].map((type) => counted.find((event) => event.type === type))
    const day = [...chosenBy, ...counted].find((event) => event !== undefined)?.occurredAt.date
    const [versions = []] = [...rulebook.procedures.values()]
    const isInForce = versions.some(({ validFrom }) => validFrom === null || validFrom <= day!)
    return day !== undefined && events[0]!.occurredAt.date <= to && !isInForce
  }).length
}

export type Chosen = Readonly<Partial<Record<Dimension, string>>>

/** Letters without marks, in lower case: how an eye that is not strict reads a name. */
function bare(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
}

/** `value/formula: [numerator, denominator]`, one dossier after the other. */
export function bruteForce(
  known: readonly Known[],
  period: ReportPeriod,
  by: Dimension,
  chosen: Chosen,
): Record<string, number[]> {
  const counts: Record<string, number[]> = {}
  const add = (
    values: Readonly<Record<Dimension, string>>,
    formula: string,
    [n, d]: readonly [number, number],
  ): void => {
    if (d === 0 || dimensions.some((one) => (chosen[one] ?? values[one]) !== values[one])) return
    const value = values[by]
    const count = (counts[`${value}/${formula}`] ??= [0, 0])
    count[0]! += n
    count[1]! += d
  }
  for (const each of known) {
    const assessment = assessedAt(each, period)
    if (assessment === null) continue
    const { state, rulebook } = each
    const { life, procedure } = assessment
    const values = {
      field: (procedure as { field?: string }).field ?? '',
      procedure: procedure.code,
      channel: life.submitted?.channel ?? life.accepted?.channel ?? '',
    }
    const idOf = (name: string | null): string => {
      if (name === null) return ''
      const spelled = Object.keys(state.agencies).find((known) => bare(known) === bare(name))
      return state.agencies[name] ?? (spelled === undefined ? name : state.agencies[spelled]!)
    }
    const received = idOf(life.accepted?.agency ?? life.submitted?.agency ?? null)
    for (const { name, shareOf } of dossierFormulas)
      add({ ...values, agency: received }, name, shareOf(assessment, period, rulebook))
    for (const step of stepRuns(assessment))
      for (const { name, shareOf } of stepFormulas)
        add({ ...values, agency: idOf(step.agency) }, name, shareOf(step, period))
  }
  return counts
}
