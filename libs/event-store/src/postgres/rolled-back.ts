import pg from 'pg'

/**
 * Classes of SQLSTATE after which the transaction is certainly undone: data, integrity, rollback, syntax and
 * permissions, limits, object state, raised by a function. Whatever is not listed may have come with the end of the
 * session or the server, when the commit may have been written: that outcome is unknown.
 */
const undone = new Set(['0A', '22', '23', '25', '40', '42', '54', '55', 'P0'])
/** Class 57 without those that end the session: cancelled, by an operator or a timeout. */
const undoneCodes = new Set(['57014'])
/** Class 25, but the session is ended with it. */
const sessionEnded = new Set(['25P03', '25P04'])

export function wasRolledBack(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return false
  if (sessionEnded.has(error.code)) return false
  return undone.has(error.code.slice(0, 2)) || undoneCodes.has(error.code)
}
