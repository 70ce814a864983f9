import { isConnectionLoss, isSerializationFailure } from '#database'
import { EventStoreUnavailable } from '#event-store'
import { RoviecError } from '#kernel'
import { LeaseLost } from './lease-lost.js'

/** What went wrong with an event, without anything of what it says: it stands in tables, lists and logs. */
export interface Fault {
  readonly code: string
  readonly message: string
}

/** As the driver gives it; its class is the database library's own matter. */
interface ServerError extends Error {
  readonly code: string
  readonly severity: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
}

/**
 * Classes of PostgreSQL's errors that no event is to blame for: 40 a transaction that lost against another, 53 out of
 * disk, memory or connections, 55 a lock not had in time, 57 cancelled or shutting down, 58 and XX the machine.
 */
const blamelessClasses: ReadonlySet<string> = new Set(['08', '40', '53', '55', '57', '58', 'XX'])

/**
 * The transaction was ended from outside (25P03, 25P04), a right is missing (42501), a table or schema is gone (42P01,
 * 3F000): every event would fail alike.
 */
const blamelessCodes: ReadonlySet<string> = new Set(['25P03', '25P04', '42501', '42P01', '3F000'])

/** Whether it may go by itself, or by mending the machine. Then nothing is parked: the page is tried again. */
export function isTransient(error: unknown): boolean {
  if (error instanceof LeaseLost || error instanceof EventStoreUnavailable) return true
  if (isConnectionLoss(error) || isSerializationFailure(error)) return true
  if (!isServerError(error)) return false
  return blamelessClasses.has(error.code.slice(0, 2)) || blamelessCodes.has(error.code)
}

/** A lock was not had within the time set for it. */
export function isLockTimeout(error: unknown): boolean {
  return isServerError(error) && error.code === '55P03'
}

const longestMessage = 1_000

/** Texts of errors quote the values they are about; only what this code has written itself is kept. */
export function faultOf(error: unknown): Fault {
  // Some texts list what is known; a fault is recorded in an event that takes so much.
  if (error instanceof RoviecError)
    return { code: error.code, message: error.text.en.slice(0, longestMessage) }
  if (isServerError(error)) {
    const { code, constraint, table, column } = error
    const about = Object.entries({ constraint, table, column }).filter(([, name]) => name !== undefined)
    const named = about.map(([what, name]) => `${what} ${name}`).join(', ')
    return { code, message: `PostgreSQL refused a row${named === '' ? '' : `: ${named}`} (SQLSTATE ${code})` }
  }
  if (!(error instanceof Error)) return { code: 'thrown', message: `a ${typeof error} was thrown` }
  return { code: error.name, message: `${error.name} ${placeOf(error)}` }
}

function isServerError(error: unknown): error is ServerError {
  const { code, severity } = (error ?? {}) as Partial<ServerError>
  return error instanceof Error && typeof code === 'string' && typeof severity === 'string'
}

/** `at apply (file:///app/board.projection.js:52:7)`, or without a function; not what runs inside Node. */
const ownFrame = /^\s+at (?:async )?(?:(.+?) \()?(?!node:)[^(]*?([^/\\(]+\.[jt]s:\d+):\d+\)?$/

/** The innermost place in this program: function and file, no path of the machine. */
function placeOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').map((line) => ownFrame.exec(line))
  const [, called, file] = frames.find((frame) => frame !== null) ?? []
  if (file === undefined) return 'at an unknown place'
  return called === undefined ? `at ${file}` : `in ${called} at ${file}`
}
