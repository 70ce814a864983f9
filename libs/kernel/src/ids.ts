import { hash, randomBytes } from 'node:crypto'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}

/** A fresh UUIDv7 (RFC 9562): its order is roughly that of creation, which keeps indexes on it compact. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  return formatted(bytes.toString('hex'), '7')
}

/**
 * The same parts always give the same UUIDv8 (RFC 9562): event ids derive from the command id and an index,
 * so that a repeated command meets its own events in the store instead of writing new ones.
 * Parts are length-prefixed: ('ab','c') and ('a','bc') differ.
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  let text = ''
  for (const part of parts) {
    const written = String(part)
    text += `${written.length}:${written};`
  }
  const hex = hash('sha256', text)
  return formatted(hex.slice(0, 32), '8')
}

/** @param hex 32 digits @param version a digit */
function formatted(hex: string, version: string): string {
  const variant = variants[Number.parseInt(hex[16]!, 16) & 3]!
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** The two bits that say RFC 9562, before two of the id's own. */
const variants = ['8', '9', 'a', 'b'] as const
