/** A message in both languages of the system; officials read `vi`. */
export interface Text {
  readonly vi: string
  readonly en: string
}

export type ErrorKind =
  | 'refusal'
  | 'conflict'
  | 'invalid'
  | 'not-found'
  | 'forbidden'
  | 'unauthenticated'
  | 'fault'

/** Ids, names and values that the message speaks of. Never personal data: they reach logs and answers. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * Every error a caller may see: what kind it is, a stable `code`, a message that says what to do next.
 *
 * - `refusal`: a rule said no; expected, recorded.
 * - `conflict`: a revision or a command id; repeat or choose another.
 * - `invalid`, `not-found`, `forbidden`, `unauthenticated`: the request itself.
 * - `fault`: something broke; repeatable when `details.safeToRepeat` is true.
 */
export class RoviecError extends Error {
  override readonly name: string = 'RoviecError'

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly text: Text,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(text.en, options)
  }
}

/** What a workflow answers instead of events when a rule forbids the command. A value, not an exception. */
export interface Refusal {
  readonly refused: true
  readonly code: string
  readonly text: Text
  readonly details: ErrorDetails
}

export function refuse(code: string, text: Text, details: ErrorDetails = {}): Refusal {
  return { refused: true, code, text, details }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as Partial<Refusal>).refused === true
}

export function invalid(code: string, text: Text, details: ErrorDetails = {}): RoviecError {
  return new RoviecError('invalid', code, text, details)
}

export function notFound(code: string, text: Text, details: ErrorDetails = {}): RoviecError {
  return new RoviecError('not-found', code, text, details)
}
