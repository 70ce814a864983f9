import { targetChanged } from '../copy/errors.js'
import type { LogWriter } from '../copy/log-writer.js'
import { movedMetadata } from '../core/moved-metadata.js'
import type { PreparedEvent } from '../core/prepared-append.js'
import type { RecordedEvent } from '../port/event-store.js'
import { BatchAppender } from './batch-appender.js'
import { Transport } from './transport.js'

/** Characters of payload that neighbours of one stream are joined up to: far below the least `MaxAppendSize` anyone sets. */
const joinedCharacters = 128 * 1024

/**
 * Writes a page over one line without waiting in between: the server takes a line's appends in their order (it reads
 * them one by one into one queue). Each names the revision it follows, so what is there already is recognised, and
 * anybody else's event is found out. The recorded time goes into the metadata: the server keeps none but its own.
 */
export class EventStoreDbLogWriter implements LogWriter {
  readonly #transport: Transport
  readonly #appender: BatchAppender

  constructor(url: string) {
    this.#transport = new Transport(url)
    this.#appender = new BatchAppender(this.#transport)
  }

  async write(events: readonly RecordedEvent[]): Promise<void> {
    // The line is opened first: appends that wait for it would not keep their order for certain.
    await this.#appender.ready()
    await Promise.all(joined(events).map((run) => this.#append(run)))
  }

  async close(): Promise<void> {
    await this.#transport.close()
  }

  async #append(run: readonly RecordedEvent[]): Promise<void> {
    const { stream, revision } = run[0]!
    const prepared = run.map(({ id, type, dataText, metadataText, recordedAt }): PreparedEvent => ({
      id,
      type,
      dataText,
      metadataText: movedMetadata(metadataText, recordedAt),
    }))
    const outcome = await this.#appender.append(stream, prepared, revision === 0n ? null : revision - 1n)
    if (outcome.kind === 'elsewhere' || outcome.last !== run.at(-1)!.revision)
      throw targetChanged(stream, revision)
  }
}

/** Neighbours of one stream that count on, together: one append for them keeps their order as well. */
function joined(events: readonly RecordedEvent[]): RecordedEvent[][] {
  const runs: RecordedEvent[][] = []
  let size = 0
  for (const event of events) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const length = event.dataText.length + event.metadataText.length
    const follows = before?.stream === event.stream && before.revision + 1n === event.revision
    if (run && follows && size + length <= joinedCharacters) {
      run.push(event)
      size += length
    } else {
      runs.push([event])
      size = length
    }
  }
  return runs
}
