import { deriveId } from '#kernel'

/** What an aggregate's id may be, with a first part that holds no colon: so two parts are told apart. */
const plainSource = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u
const plainCode = /^[\p{L}\p{N}][\p{L}\p{N}._:-]*$/u
const longest = 120

/**
 * The id of a dossier's stream from source and code. Codes are opaque: one that an id cannot hold as it is gives a
 * derived id, and stands in the events. `::` marks it: no code of the plain form begins with a colon.
 */
export function dossierKey(source: string, code: string): string {
  const plain = `${source}:${code}`
  if (plainSource.test(source) && plainCode.test(code) && plain.length <= longest) return plain
  return `d::${deriveId('dossier', source, code)}`
}

/** As `dossierKey`, of a procedure's code. */
export function procedureKey(code: string): string {
  return plainCode.test(code) && !code.includes(':') && code.length <= longest
    ? code
    : `p::${deriveId('procedure', code)}`
}

/** A name as one part of an id, of which other parts follow after a colon. */
export function plainPart(name: string): string {
  return plainSource.test(name) ? name : deriveId('part', name)
}
