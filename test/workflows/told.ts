import type { Outcome } from '#engine'

/** An answer as JSON; `first` tells the one that found nothing in the log, the rest is the same for all. */
export interface Told {
  readonly first: boolean
  readonly answer: unknown
}

export function told(outcome: Outcome): Told {
  if (outcome.status === 'refused') return { first: false, answer: outcome.refusal.code }
  const { status, stream, revision, position, events, state } = outcome
  const answer = { stream, revision: String(revision), position: String(position), events, state }
  return { first: status === 'accepted', answer: JSON.parse(JSON.stringify(answer)) as unknown }
}
