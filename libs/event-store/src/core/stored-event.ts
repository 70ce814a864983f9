import type { JsonValue } from '#kernel'
import type { Position, RecordedEvent, StreamName } from '../port/event-store.js'

/** A recorded event over its stored text: the payloads are parsed at the first look, each once. */
export class StoredEvent implements RecordedEvent {
  #data: JsonValue | undefined
  #metadata: JsonValue | undefined

  constructor(
    readonly position: Position,
    readonly stream: StreamName,
    readonly revision: bigint,
    readonly id: string,
    readonly type: string,
    readonly dataText: string,
    readonly metadataText: string,
    readonly recordedAt: Date,
  ) {}

  get data(): JsonValue {
    return (this.#data ??= JSON.parse(this.dataText) as JsonValue)
  }

  get metadata(): JsonValue {
    return (this.#metadata ??= JSON.parse(this.metadataText) as JsonValue)
  }
}
