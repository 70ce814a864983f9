import type { DossierMessage } from '../dossier.message.js'
import { assessed, procedure, rulebook } from '../dossier.test-support.js'
import type { Formula, Share } from './formula.js'

/** The second quarter of 2026, unless said otherwise. */
export function shareOf(
  formula: Formula,
  messages: readonly DossierMessage[],
  { version = procedure(), from = '2026-04-01', to = '2026-06-30' } = {},
): Share {
  return formula.shareOf(assessed(messages, to, version), { from, to }, rulebook(version))
}
