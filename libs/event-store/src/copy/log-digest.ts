import { createHash } from 'node:crypto'
import type { RecordedEvent } from '../port/event-store.js'

/**
 * A digest over a log that is the same on every store: SHA-256, chained over its events in their order. Each link is
 * the hash of the link before (32 zero bytes at first) and one line of JSON in UTF-8:
 * `[stream, revision, id, type, recordedAt, data, metadata]`, the revision as a decimal, the time in ISO 8601 UTC with
 * milliseconds, the payloads as the text that is stored. Positions are left out: they belong to a store.
 */
export class LogDigest {
  #link: Buffer = Buffer.alloc(32)
  #count = 0

  add(event: RecordedEvent): void {
    const { stream, revision, id, type, recordedAt, dataText, metadataText } = event
    const line = JSON.stringify([
      stream,
      String(revision),
      id,
      type,
      recordedAt.toISOString(),
      dataText,
      metadataText,
    ])
    this.#link = createHash('sha256').update(this.#link).update(line).digest()
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  get hex(): string {
    return this.#link.toString('hex')
  }
}
