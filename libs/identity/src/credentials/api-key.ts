import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** `rv_<key id>_<secret>`: the id may be shown and logged, the secret is shown once. */
export interface ApiKey {
  readonly keyId: string
  readonly secret: string
}

const keyPattern = /^rv_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})_([A-Za-z0-9-]{43})$/

/** 256 random bits: guessing is hopeless, so a plain hash protects them as well as a slow one would. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url').replaceAll('_', '-')
}

export function formatApiKey({ keyId, secret }: ApiKey): string {
  return `rv_${keyId}_${secret}`
}

export function parseApiKey(text: string): ApiKey | null {
  const match = keyPattern.exec(text)
  return match === null ? null : { keyId: match[1]!, secret: match[2]! }
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function secretMatches(secret: string, hash: Buffer): boolean {
  const given = hashSecret(secret)
  return given.length === hash.length && timingSafeEqual(given, hash)
}
