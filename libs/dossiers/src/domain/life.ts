import type { DossierMessage } from './dossier.message.js'
import { isBefore } from './moments.js'

/** The turning points of a dossier's life. */
export interface Life {
  readonly submitted: DossierMessage | null
  /** The first: what follows from it is immutable. */
  readonly accepted: DossierMessage | null
  readonly resolved: DossierMessage | null
  readonly returned: DossierMessage | null
  /** `Resolved`, else `ResultReturned`, else the first of `Stopped`, `Withdrawn` and `Refused`. */
  readonly end: DossierMessage | null
  /** Whether there is a result, so that it can be early or late by it. */
  readonly hasResult: boolean
}

/** Reads the turning points from settled events. A refusal before a later acceptance ended nothing. */
export function lifeOf(events: readonly DossierMessage[]): Life {
  const first = (type: DossierMessage['type'], from = 0): DossierMessage | null =>
    events.find((event, at) => at >= from && event.type === type) ?? null
  const accepted = first('Accepted')
  const resolved = first('Resolved')
  const returned = first('ResultReturned')
  const acceptedAt = accepted === null ? 0 : events.indexOf(accepted)
  const stopped = events.find(
    ({ type }, at) => at >= acceptedAt && (type === 'Stopped' || type === 'Withdrawn' || type === 'Refused'),
  )
  return {
    submitted: first('Submitted'),
    accepted,
    resolved,
    returned,
    end: resolved ?? returned ?? stopped ?? null,
    hasResult: resolved !== null || returned !== null,
  }
}

/** A result that was there before the dossier was taken in: one of the two times is wrong, and it is no merit. */
export function isResultBeforeAcceptance({ accepted, end, hasResult }: Life): boolean {
  return accepted !== null && end !== null && hasResult && isBefore(end.occurredAt, accepted.occurredAt)
}
