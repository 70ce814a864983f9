import type { Filter, RecordedEvent } from '../port/event-store.js'

export function matches(
  { type, stream }: Pick<RecordedEvent, 'type' | 'stream'>,
  { types, streamPrefix }: Filter,
): boolean {
  return (!types || types.includes(type)) && stream.startsWith(streamPrefix ?? '')
}
