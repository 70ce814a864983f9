import type { DossierMessage } from '../domain/dossier.message.js'

/** Looks up the agency that a name means on a day: the registry is another context, so whoever wires both gives it. */
export type ResolveAgency = (name: string, date: string) => string | null

/** Every agency that a message names, each once, as written. */
export function agencyNames({ agency, delayCausedBy, data }: DossierMessage): readonly string[] {
  const names = [agency, delayCausedBy, data.signer?.agency, data.by?.agency]
  return [...new Set(names)].filter((name) => typeof name === 'string')
}
