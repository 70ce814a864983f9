import type { EventStore, RecordedEvent } from '#event-store'
import { contextOf } from '../commanding/aggregate.js'
import type { EventMetadata } from '../commanding/command.js'
import { dataInPlace } from '../sealing/unsealing.js'
import type { Personal } from '../workflow/personal.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'
import { changesBetween, type Change } from './changes.js'

/** An event of an aggregate with the state on either side of it. */
export interface Step<State extends Stateful = Stateful> {
  readonly event: RecordedEvent
  readonly metadata: EventMetadata
  readonly before: State
  readonly after: State
}

/** The record of an aggregate from the log itself, step by step; empty where there is none. */
export async function readSteps<State extends Stateful>(
  store: EventStore,
  workflow: Workflow<State>,
  aggregate: string,
): Promise<readonly Step<State>[]> {
  let state = workflow.initial
  return (await store.readStream(`${workflow.name}-${aggregate}`)).map((event) => {
    const metadata = event.metadata as unknown as EventMetadata
    const before = state
    state = workflow.evolve(before, event, contextOf(metadata))
    return { event, metadata, before, after: state }
  })
}

export interface HistoryEntry {
  readonly id: string
  readonly position: string
  readonly revision: string
  readonly type: string
  readonly actor: string
  readonly agency: string | null
  readonly occurredAt: string
  readonly recordedAt: string
  /** Calendar days from the day it happened to the day it was recorded. */
  readonly backdatedDays: number
  /** Why it was done. */
  readonly reason: Personal | null
  /** What was said: an explanation, an apology, the text of a report. */
  readonly text: Personal | null
  readonly changes: readonly Change[]
}

/** Days between two instants as the reader's calendar counts them; 0 where they are of one day. */
export type CountDays = (occurredAt: string, recordedAt: Date) => number

/** Who changed what, when, and by which word: every event in order. */
export function historyOf(steps: readonly Step[], backdatedDays: CountDays): readonly HistoryEntry[] {
  return steps.map(({ event, metadata, before, after }) => ({
    id: event.id,
    position: String(event.position),
    revision: String(event.revision),
    type: event.type,
    actor: metadata.actor,
    agency: metadata.agency,
    occurredAt: metadata.occurredAt,
    recordedAt: event.recordedAt.toISOString(),
    backdatedDays: backdatedDays(metadata.occurredAt, event.recordedAt),
    ...wordsOf(event),
    changes: changesBetween(before, after),
  }))
}

function wordsOf(event: RecordedEvent): Pick<HistoryEntry, 'reason' | 'text'> {
  const words = dataInPlace(event) as { readonly [Word in 'reason' | 'text' | 'summary']?: Personal }
  return { reason: words.reason ?? null, text: words.text ?? words.summary ?? null }
}
