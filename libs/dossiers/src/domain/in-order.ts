import type { Moment } from '#calendar'
import { dossierMessageTypes, type DossierMessage, type DossierMessageType } from './dossier.message.js'
import { compareMoments } from './moments.js'

const ranks = new Map(dossierMessageTypes.map((type, rank) => [type, rank]))

/** Within a phase the source's own order of writing decides, as the same things may happen repeatedly on one day. */
const phaseStarts: readonly DossierMessageType[] = [
  'Submitted',
  'Accepted',
  'FeeRequested',
  'Resolved',
  'Overdue',
  'Closed',
]

const phases = new Map(
  dossierMessageTypes.map((type) => [
    type,
    phaseStarts.filter((start) => rankOf(start) <= rankOf(type)).length,
  ]),
)

/**
 * The one order of a set of messages, whatever order they came in: by day; within a day by the hour. A message of
 * which only the day is known stands where its kind belongs among the hours of that day: a request before its answer.
 * What is still equal goes by phase of the dossier's life, the source's time of writing, kind and id.
 */
export function inOrder(messages: readonly DossierMessage[]): DossierMessage[] {
  const sorted = [...messages].sort(
    (a, b) => compareMoments(a.occurredAt, b.occurredAt) || compareEquals(a, b),
  )
  const ordered: DossierMessage[] = []
  for (let start = 0; start < sorted.length;) {
    const { date } = sorted[start]!.occurredAt
    let end = start + 1
    while (end < sorted.length && sorted[end]!.occurredAt.date === date) end++
    placeDay(sorted.slice(start, end), ordered)
    start = end
  }
  return ordered
}

/** Puts the messages without an hour, which come first, among those with one. */
function placeDay(day: readonly DossierMessage[], into: DossierMessage[]): void {
  const hours = day.filter(({ occurredAt }) => occurredAt.time !== null)
  const dayOnly = day.slice(0, day.length - hours.length)
  const after = dayOnly.map((message) =>
    hours.findLastIndex(({ type }) => rankOf(type) <= rankOf(message.type)),
  )
  for (let at = -1; at < hours.length; at++) {
    if (at >= 0) into.push(hours[at]!)
    into.push(...dayOnly.filter((_, index) => after[index] === at))
  }
}

/** Never the time of receipt instead: what a dossier is must not hang on the order its messages came in. */
const unknown: Moment = { date: '', time: null }

function compareEquals(a: DossierMessage, b: DossierMessage): number {
  return (
    phases.get(a.type)! - phases.get(b.type)! ||
    compareMoments(a.recordedAtSource ?? unknown, b.recordedAtSource ?? unknown) ||
    rankOf(a.type) - rankOf(b.type) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

function rankOf(type: DossierMessageType): number {
  return ranks.get(type)!
}
