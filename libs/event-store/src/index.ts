export {
  beforeFirst,
  type Appended,
  type CallOptions,
  type Delivery,
  type EventStore,
  type ExpectedRevision,
  type Filter,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type StreamName,
  type SubscribeOptions,
} from './port/event-store.js'
export {
  AppendOutcomeUnknown,
  EventIdTaken,
  EventStoreUnavailable,
  PositionBeyondEnd,
  StreamRevisionMismatch,
} from './port/errors.js'
export { InMemoryEventStore } from './in-memory/in-memory-event-store.js'
export { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store.js'
export { copyLog, type CopiedLog, type CopyProgress } from './copy/copy-log.js'
export { openSource, openTarget } from './copy/open-log.js'
export { listIncidents, type NoticedIncident } from './eventstoredb/incidents.js'
export type { EventStoreDbHealth } from './eventstoredb/health.js'
export {
  EventStoreDbEventStore,
  type EventStoreDbEventStoreOptions,
} from './eventstoredb/eventstoredb-event-store.js'
