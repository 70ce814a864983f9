import type { DossierMessage } from './dossier.message.js'
import { inOrder } from './in-order.js'
import { correctedUnknown, correctionCircular, type RejectedMessage } from './rejections.js'

/**
 * The messages as they stand after every correction, without the corrections themselves. A correction may itself be
 * corrected: voided, what it had changed is as before. Of several that name one message the last stands.
 *
 * Corrections are statements about the record: they hold for every as-of day as soon as they are known. Otherwise a
 * figure of a past period could never be restated.
 */
export function applyCorrections(messages: readonly DossierMessage[]): {
  readonly events: readonly DossierMessage[]
  readonly rejected: readonly RejectedMessage[]
} {
  if (!messages.some(isCorrection)) return { events: messages, rejected: [] }
  const byId = new Map(messages.map((message) => [message.id, message]))
  const rejected: RejectedMessage[] = []
  const waitingFor = new Map<string, number>()
  for (const message of messages) {
    const target = isCorrection(message) ? message.data.corrects : null
    if (target === null) continue
    if (byId.has(target)) waitingFor.set(target, (waitingFor.get(target) ?? 0) + 1)
    else rejected.push(correctedUnknown(message))
  }
  const settled = settle(messages, byId, waitingFor)
  for (const message of messages) if (!settled.has(message.id)) rejected.push(correctionCircular(message))
  const events = messages.flatMap((message) => {
    const event = settled.get(message.id)
    return event === undefined || event === null || isCorrection(event) ? [] : [event]
  })
  return { events, rejected }
}

/**
 * From the corrections nobody corrects inwards, without recursion: a chain may be as long as a sender likes. Null is a
 * voided message; those in a circle are never reached.
 */
function settle(
  messages: readonly DossierMessage[],
  byId: ReadonlyMap<string, DossierMessage>,
  waitingFor: Map<string, number>,
): ReadonlyMap<string, DossierMessage | null> {
  const settled = new Map<string, DossierMessage | null>()
  const corrections = new Map<string, DossierMessage[]>()
  const ready = messages.filter(({ id }) => !waitingFor.has(id))
  for (let message = ready.pop(); message !== undefined; message = ready.pop()) {
    const event = corrected(message, corrections.get(message.id) ?? [])
    settled.set(message.id, event)
    const target = isCorrection(message) ? byId.get(message.data.corrects ?? '') : undefined
    if (target === undefined) continue
    if (event !== null) corrections.set(target.id, [...(corrections.get(target.id) ?? []), event])
    const left = waitingFor.get(target.id)! - 1
    waitingFor.set(target.id, left)
    if (left === 0) ready.push(target)
  }
  return settled
}

function corrected(message: DossierMessage, corrections: readonly DossierMessage[]): DossierMessage | null {
  const change = inOrder(corrections).at(-1)?.data.change
  if (change === undefined || change === null) return message
  return 'void' in change ? null : { ...message, occurredAt: change.occurredAt }
}

function isCorrection({ type }: DossierMessage): boolean {
  return type === 'Corrected'
}
