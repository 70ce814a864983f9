import type { JsonValue } from '#kernel'
import type { Position, RecordedEvent, StreamName } from '../port/event-store.js'
import { movedFrom } from './moved-metadata.js'

/**
 * A recorded event over its stored text: the payloads are parsed at the first look, each once. An event that was moved
 * here from another log looks as it did there: its metadata, and the time at which it was first recorded.
 */
export class StoredEvent implements RecordedEvent {
  #data: JsonValue | undefined
  #metadata: JsonValue | undefined
  readonly metadataText: string
  readonly recordedAt: Date

  constructor(
    readonly position: Position,
    readonly stream: StreamName,
    readonly revision: bigint,
    readonly id: string,
    readonly type: string,
    readonly dataText: string,
    metadataText: string,
    recordedAt: Date,
  ) {
    const moved = movedFrom(metadataText)
    this.metadataText = moved?.metadataText ?? metadataText
    this.recordedAt = moved?.recordedAt ?? recordedAt
  }

  get data(): JsonValue {
    return (this.#data ??= JSON.parse(this.dataText) as JsonValue)
  }

  get metadata(): JsonValue {
    return (this.#metadata ??= JSON.parse(this.metadataText) as JsonValue)
  }

  /** For another reader: what one does to the parsed data no other sees. */
  copy(): StoredEvent {
    const { position, stream, revision, id, type, dataText, metadataText, recordedAt } = this
    const at = new Date(recordedAt.getTime())
    return new StoredEvent(position, stream, revision, id, type, dataText, metadataText, at)
  }
}
