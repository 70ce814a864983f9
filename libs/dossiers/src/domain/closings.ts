import { assess } from './assessment.js'
import type { DossierMessage } from './dossier.message.js'
import { closingRefused, type RejectedMessage } from './rejections.js'
import type { Rulebook } from './rulebook.js'

/**
 * Takes out the closings that were not allowed when they were made, judged by what had happened before them. After one
 * that was allowed, further ones say nothing new.
 */
export function withoutRefusedClosings(
  rulebook: Rulebook,
  settled: readonly DossierMessage[],
): { readonly events: readonly DossierMessage[]; readonly rejected: readonly RejectedMessage[] } {
  const rejected: RejectedMessage[] = []
  for (const [at, event] of settled.entries()) {
    if (event.type !== 'Closed') continue
    const before = assess(rulebook, settled.slice(0, at), event.occurredAt)
    if (before?.closing.allowed === true) break
    rejected.push(closingRefused(event, before?.closing.missing ?? ['end']))
  }
  const refused = new Set(rejected.map(({ message }) => message))
  return { events: settled.filter((event) => !refused.has(event)), rejected }
}
