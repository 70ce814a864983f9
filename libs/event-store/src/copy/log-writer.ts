import type { RecordedEvent } from '../port/event-store.js'

/** The end of a log at which a copy writes. Nobody else may write there meanwhile; who does is found out. */
export interface LogWriter {
  /**
   * Writes events of another log in their order, with their revisions, ids, payload texts and recorded times, so that
   * a reader of this log sees them as they were. When it fails, a beginning of them may have been written.
   *
   * @param count events of the other log that are here already, and nothing else
   * @throws RoviecError `log-copy-target-changed` when a stream is not where its next event has to stand
   */
  write(events: readonly RecordedEvent[], count: number): Promise<void>
  close(): Promise<void>
}
