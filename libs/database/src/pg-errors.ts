import { isNativeError } from 'node:util/types'
import pg from 'pg'

/** The constraint `name`, or any, was violated by a row that exists already. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '23505' &&
    (constraint === undefined || error.constraint === constraint)
  )
}

/** The transaction lost against a concurrent one and may be run again as a whole: serialization, deadlock. */
export function isSerializationFailure(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
/** Texts of errors that pg raises without a code, when the connection ends or cannot be had in time. */
const lostConnection =
  /^(Connection terminated|Client was closed and is not queryable|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired)/

/**
 * The server could not be reached, or was lost, shut down or is not up yet. A statement that was under way may or
 * may not have taken effect: only what is idempotent may be repeated.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError)
    // Class 08: connection exceptions; 57P01 to 57P05: shutdowns, crash, not up yet, idle session ended.
    return error.code !== undefined && (error.code.startsWith('08') || error.code.startsWith('57P0'))
  // Not instanceof: errors of Node itself have another Error class than code that runs in a context of its own.
  if (!isNativeError(error)) return false
  // An address with several records (::1, 127.0.0.1) fails with one error for each.
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isConnectionLoss)
  const { code } = error as NodeJS.ErrnoException
  return code !== undefined ? networkCodes.has(code) : lostConnection.test(error.message)
}
