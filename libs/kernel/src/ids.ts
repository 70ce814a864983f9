import { createHash, randomBytes } from 'node:crypto'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return uuidPattern.test(text)
}

/** A fresh UUIDv7 (RFC 9562): its order is roughly that of creation, which keeps indexes on it compact. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  return format(bytes, 0x70)
}

/**
 * The same parts always give the same UUIDv8 (RFC 9562): event ids derive from the command id and an index,
 * so that a repeated command meets its own events in the store instead of writing new ones.
 * Parts are length-prefixed: ('ab','c') and ('a','bc') differ.
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    const text = String(part)
    hash.update(`${text.length}:${text};`)
  }
  return format(hash.digest().subarray(0, 16), 0x80)
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | version
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
