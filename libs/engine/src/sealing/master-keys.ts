import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { keyBytes } from './subject-key.js'

const nonceBytes = 12
const tagBytes = 16
const fingerprintBytes = 8

/** A subject's key as it is stored: encrypted under a master key. */
export interface WrappedKey {
  readonly wrapped: Uint8Array
  /** Fingerprint of the master key. */
  readonly master: string
}

/**
 * The master keys of an installation: the first wraps the keys of subjects, further ones, its predecessors, still
 * unwrap. They stand in no error, log, answer or inspection: what is known of a master key is its fingerprint.
 */
export class MasterKeys {
  readonly #wrapping: ReadonlyMap<string, Buffer>
  /** Fingerprint of the key that wraps. */
  readonly current: string

  /** @param source where they come from, for people: the name of a variable or file */
  constructor(
    secrets: readonly [Uint8Array, ...Uint8Array[]],
    readonly source: string,
  ) {
    this.#wrapping = new Map(secrets.map((secret) => [fingerprintOf(secret), derived(secret, 'wrapping')]))
    this.current = fingerprintOf(secrets[0])
  }

  /**
   * From a text with one key or several, the newest first, in base64, parted by commas or white space.
   *
   * @returns null when anything in it is not a key of 32 bytes
   */
  static parse(text: string, source: string): MasterKeys | null {
    const [first, ...others] = text
      .split(/[\s,]+/)
      .filter((part) => part !== '')
      .map(secretOf)
    if (first == null || others.includes(null)) return null
    return new MasterKeys([first, ...(others as Uint8Array[])], source)
  }

  /** A new one as `parse` takes it. */
  static generate(): string {
    return randomBytes(keyBytes).toString('base64')
  }

  get fingerprints(): readonly string[] {
    return [...this.#wrapping.keys()]
  }

  wrap(id: string, subject: string, secret: Uint8Array): WrappedKey {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#wrapping.get(this.current)!, nonce)
    cipher.setAAD(boundTo(id, subject))
    const wrapped = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    return { wrapped, master: this.current }
  }

  /** @throws Error when none of these keys has wrapped this for that id and subject. */
  unwrap(id: string, subject: string, { wrapped, master }: WrappedKey): Uint8Array {
    const key = this.#wrapping.get(master)
    if (key === undefined) throw new Error(`there is no master key ${master}`)
    const tagAt = wrapped.length - tagBytes
    const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(boundTo(id, subject))
    decipher.setAuthTag(wrapped.subarray(tagAt))
    return Buffer.concat([decipher.update(wrapped.subarray(nonceBytes, tagAt)), decipher.final()])
  }
}

function boundTo(id: string, subject: string): Buffer {
  return Buffer.from(`${id}\n${subject}`)
}

/** Null for what is no key, and for one of equal bytes: a place-holder that somebody forgot to fill in. */
function secretOf(text: string): Uint8Array | null {
  if (!/^[\w+/-]{43}=?$/.test(text)) return null
  const secret = Buffer.from(text, 'base64')
  return secret.length === keyBytes && secret.some((byte) => byte !== secret[0]) ? secret : null
}

function derived(secret: Uint8Array, use: string, length = keyBytes): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `roviec/master-key/1/${use}`, length))
}

/** `3f2a-91c0-5b7e-d604`: tells keys apart, and nothing of the key. */
function fingerprintOf(secret: Uint8Array): string {
  return derived(secret, 'fingerprint', fingerprintBytes).toString('hex').match(/.{4}/g)!.join('-')
}
