/** What the server keeps of an event; payloads are bytes to it. */
export interface StandInRecord {
  readonly stream: string
  readonly revision: bigint
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  /** In bytes from the log's beginning, as the server counts: dense in no way. */
  readonly position: bigint
  readonly createdMs: number
}

export type NewRecord = Pick<StandInRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>
export type Expected = bigint | 'any' | 'no-stream' | 'stream-exists'

export type Judgement =
  | { readonly kind: 'written'; readonly last: bigint; readonly position: bigint }
  | { readonly kind: 'mismatch'; readonly current: bigint | null }
  | { readonly kind: 'deleted' }

interface Stream {
  readonly records: StandInRecord[]
  /** Goes on counting after a soft delete. */
  last: bigint
  tombstoned: boolean
}

/** What a record costs beside its payload and names. */
const recordOverhead = 116n
const softDeleted = 2n ** 63n - 1n

/** The log of the stand-in: the server's rules for expectations, repetitions, metadata and deletion, in memory. */
export class StandInLog {
  readonly all: StandInRecord[] = []
  readonly #streams = new Map<string, Stream>()
  readonly #listeners = new Set<() => void>()
  #end = 0n

  constructor() {
    // As a new server: events of its own come first.
    this.append('$$$scavenges', [systemRecord('$metadata', { $maxAge: 2_592_000 })], 'any')
  }

  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  append(name: string, records: readonly NewRecord[], expected: Expected): Judgement {
    const stream = this.#streams.get(name)
    if (stream?.tombstoned) return { kind: 'deleted' }
    const last = stream?.last ?? -1n
    const gone = stream !== undefined && this.#firstKept(name) > last
    if (expected === 'stream-exists' && gone && stream.last >= 0n) return { kind: 'deleted' }
    const before = this.#repetition(stream, records, expected)
    if (before) return before
    if (!holds(expected, last, gone)) return { kind: 'mismatch', current: last < 0n ? null : last }
    for (const record of records) this.#write(name, record)
    for (const listener of this.#listeners) listener()
    const now = this.#streams.get(name)
    return { kind: 'written', last: now?.last ?? -1n, position: this.all.at(-1)!.position }
  }

  /** Hides all there is; what is appended later counts on. */
  softDelete(name: string, expected: Expected): Judgement {
    const stream = this.#streams.get(name)
    if (stream?.tombstoned) return { kind: 'deleted' }
    const last = stream?.last ?? -1n
    if (!holds(expected, last, false)) return { kind: 'mismatch', current: last < 0n ? null : last }
    return this.append(`$$${name}`, [systemRecord('$metadata', { $tb: Number(softDeleted) })], 'any')
  }

  tombstone(name: string, expected: Expected): Judgement {
    const stream = this.#streams.get(name)
    const last = stream?.last ?? -1n
    if (stream?.tombstoned) return { kind: 'deleted' }
    if (!holds(expected, last, false)) return { kind: 'mismatch', current: last < 0n ? null : last }
    const written = this.append(name, [systemRecord('$streamDeleted', {})], 'any')
    this.#streams.get(name)!.tombstoned = true
    return written
  }

  /** What a reader of the stream sees, oldest first; `deleted` after a tombstone, `not-found` when nothing is left. */
  stream(name: string): readonly StandInRecord[] | 'deleted' | 'not-found' {
    const stream = this.#streams.get(name)
    if (stream?.tombstoned) return 'deleted'
    const first = this.#firstKept(name)
    const kept = (stream?.records ?? []).filter(({ revision }) => revision >= first)
    const limit = this.#metadata(name)['$maxCount']
    const seen = typeof limit === 'number' ? kept.slice(-limit) : kept
    return seen.length > 0 ? seen : 'not-found'
  }

  /** Of the first record at or after the position; the length when there is none. */
  indexOf(position: bigint): number {
    let from = 0
    let to = this.all.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.all[middle]!.position < position) from = middle + 1
      else to = middle
    }
    return from
  }

  /** Where the log ends: beyond every position in it. */
  get end(): bigint {
    return this.#end
  }

  #repetition(
    stream: Stream | undefined,
    records: readonly NewRecord[],
    expected: Expected,
  ): Judgement | undefined {
    if (!stream || records.length === 0) return undefined
    const first =
      typeof expected === 'bigint'
        ? expected + 1n
        : expected === 'no-stream'
          ? 0n
          : stream.records.find(({ id }) => id === records[0]!.id)?.revision
    if (first === undefined || first > stream.last) return undefined
    const there = stream.records.slice(Number(first), Number(first) + records.length)
    const same = there.length === records.length && there.every(({ id }, index) => id === records[index]!.id)
    const last = there.at(-1)
    return same ? { kind: 'written', last: last!.revision, position: last!.position } : undefined
  }

  #write(name: string, record: NewRecord): void {
    const stream = this.#streams.get(name) ?? { records: [], last: -1n, tombstoned: false }
    this.#streams.set(name, stream)
    stream.last += 1n
    const createdMs = Math.max(Date.now(), this.all.at(-1)?.createdMs ?? 0)
    const written = { ...record, stream: name, revision: stream.last, position: this.#end, createdMs }
    const payload = record.data.length + record.metadata.length + record.type.length + name.length
    this.#end += recordOverhead + BigInt(payload)
    stream.records.push(written)
    this.all.push(written)
  }

  #firstKept(name: string): bigint {
    const before = this.#metadata(name)['$tb']
    if (typeof before !== 'number') return 0n
    if (before < Number(softDeleted)) return BigInt(before)
    // What came after the soft delete is there; the server then corrects its mark, which comes to the same.
    const meta = this.#streams.get(`$$${name}`)!.records.at(-1)!
    return (
      this.#streams.get(name)?.records.find(({ position }) => position > meta.position)?.revision ??
      softDeleted
    )
  }

  #metadata(name: string): Readonly<Record<string, unknown>> {
    const last = this.#streams.get(`$$${name}`)?.records.at(-1)
    return last ? (JSON.parse(Buffer.from(last.data).toString('utf8')) as Record<string, unknown>) : {}
  }
}

function holds(expected: Expected, last: bigint, gone: boolean): boolean {
  if (expected === 'any') return true
  if (expected === 'no-stream') return last < 0n || gone
  if (expected === 'stream-exists') return last >= 0n
  return expected === last
}

function systemRecord(type: string, data: object): NewRecord {
  return {
    id: crypto.randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: new Uint8Array(),
  }
}
