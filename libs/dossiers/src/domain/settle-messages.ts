import { applyCorrections } from './corrections.js'
import type { DossierMessage } from './dossier.message.js'
import { inOrder } from './in-order.js'
import { isBefore } from './moments.js'
import { resultBeforeSubmission, type RejectedMessage } from './rejections.js'

export interface SettledMessages {
  /** Corrected and in order; corrections and what was rejected are not among them. */
  readonly events: readonly DossierMessage[]
  readonly rejected: readonly RejectedMessage[]
}

/**
 * What the messages of one dossier amount to, whatever order they came in. Each id once.
 *
 * A result dated before its submission cannot have happened: it is set aside until a correction gives it another time.
 */
export function settleMessages(messages: readonly DossierMessage[]): SettledMessages {
  const { events, rejected } = applyCorrections(messages)
  const ordered = inOrder(events)
  const submitted = ordered.find(({ type }) => type === 'Submitted')
  const impossible = ordered.filter((event) => submitted !== undefined && isResultBefore(event, submitted))
  if (impossible.length === 0) return { events: ordered, rejected }
  return {
    events: ordered.filter((event) => !impossible.includes(event)),
    rejected: [...rejected, ...impossible.map(resultBeforeSubmission)],
  }
}

function isResultBefore({ type, occurredAt }: DossierMessage, submitted: DossierMessage): boolean {
  return (type === 'Resolved' || type === 'ResultReturned') && isBefore(occurredAt, submitted.occurredAt)
}
