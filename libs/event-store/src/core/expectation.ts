import type { ExpectedRevision } from '../port/event-store.js'

/** @param actual the stream's last revision, null when it has no event */
export function holds(expected: ExpectedRevision, actual: bigint | null): boolean {
  if (expected === 'any') return true
  if (expected === 'no-stream') return actual === null
  if (expected === 'stream-exists') return actual !== null
  return expected === actual
}
