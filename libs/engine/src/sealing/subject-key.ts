import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { canonicalJson, newId, type JsonValue } from '#kernel'
import type { Sealed } from '../workflow/personal.js'

/** Where a value is sealed for. */
export type Place = Sealed['$sealed']['at']

const version = 1
export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** Texts are filled up to a multiple of this: "Có" and "Không" are told apart by their length otherwise. */
const blockBytes = 64

/**
 * The key of one subject. It seals (AES-256-GCM), opens, and makes digests of commands; each with a key of its own,
 * derived from the one secret.
 *
 * Sealing is deterministic, so that a command sent again gives the same bytes. The nonce is an HMAC over place and
 * text (the construction of SIV): another place or another text has another nonce, and the same nonce stands for the
 * same text at the same place, which tells nothing new. Two that collide by chance would take some 2^48 texts of one
 * subject.
 */
export class SubjectKey {
  readonly #encryption: Buffer
  readonly #nonces: Buffer
  readonly #digests: Buffer

  constructor(
    readonly id: string,
    readonly subject: string,
    secret: Uint8Array,
  ) {
    const extracted = extract(secret)
    this.#encryption = derived(extracted, 'encryption')
    this.#nonces = derived(extracted, 'nonces')
    this.#digests = derived(extracted, 'digests')
  }

  /** A key that is kept nowhere: what it seals nobody opens. */
  static forOnce(subject: string): SubjectKey {
    return new SubjectKey(newId(), subject, randomBytes(keyBytes))
  }

  seal(value: unknown, at: Place): Sealed {
    const text = padded(Buffer.from(canonicalJson(value)))
    const bound = this.#boundTo(at)
    const nonce = createHmac('sha256', this.#nonces).update(bound).update('\0').update(text).digest()
    const cipher = createCipheriv('aes-256-gcm', this.#encryption, nonce.subarray(0, nonceBytes))
    cipher.setAAD(bound)
    const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
    return {
      $sealed: {
        v: version,
        key: this.id,
        at,
        nonce: nonce.subarray(0, nonceBytes).toString('base64url'),
        text: sealed.toString('base64url'),
      },
    }
  }

  /** @throws Error when this is not what this key has sealed for that place. */
  open({ $sealed: { at, nonce, text } }: Sealed): JsonValue {
    const [iv, bytes] = [exactBytes(nonce), exactBytes(text)]
    if (iv.length !== nonceBytes || bytes.length < tagBytes) throw new Error('malformed sealed value')
    const decipher = createDecipheriv('aes-256-gcm', this.#encryption, iv, { authTagLength: tagBytes })
    decipher.setAAD(this.#boundTo(at))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    const opened = Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
    return JSON.parse(opened.toString('utf8')) as JsonValue
  }

  /** Of the content of a command: without the key, nobody finds the content by trying. */
  digest(content: string): string {
    const mac = createHmac('sha256', this.#digests).update(content).digest('base64url')
    return `${this.id}.${mac}`
  }

  isDigestOf(digest: string, content: string): boolean {
    const [given, own] = [Buffer.from(digest), Buffer.from(this.digest(content))]
    return given.length === own.length && timingSafeEqual(given, own)
  }

  #boundTo({ event, type, path }: Place): Buffer {
    return Buffer.from(canonicalJson([version, this.id, this.subject, event, type, path]))
  }
}

/**
 * HKDF (RFC 5869) with SHA-256 and no salt, in its two steps: what `hkdfSync` does over again for each key, which was
 * most of the cost of a subject's first text.
 */
function extract(secret: Uint8Array): Buffer {
  return createHmac('sha256', '').update(secret).digest()
}

/** The first block of the second step: as long as the hash, which is as long as a key. */
function derived(extracted: Buffer, use: string): Buffer {
  return createHmac('sha256', extracted).update(`roviec/personal-key/1/${use}\x01`).digest()
}

/** JSON does not mind spaces at its end. */
function padded(text: Buffer): Buffer {
  return Buffer.concat([text], Math.ceil(text.length / blockBytes) * blockBytes).fill(' ', text.length)
}

/** Base64url has spare bits at its end: only the one way of writing the bytes counts. */
function exactBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new Error('malformed sealed value')
  return bytes
}
