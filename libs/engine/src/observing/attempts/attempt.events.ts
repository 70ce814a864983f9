import { Upcasting } from '../../workflow/upcasting.js'

/** An act that came to nothing: a command refused or malformed, a question not permitted, a key not known. */
export interface AttemptRefused {
  readonly kind: 'command' | 'query' | 'sign-in'
  /** Who tried; `unknown` without a valid key. */
  readonly actor: string
  readonly agency: string | null
  /** The workflow or the query; null where there is none of the name given. */
  readonly target: string | null
  readonly transition: string | null
  /** The aggregate named, where the log has it: any other text may be anything, and is null. */
  readonly aggregate: string | null
  /** The reason's stable code. */
  readonly code: string
  /** Null where none was given that is a UUID. */
  readonly commandId: string | null
  readonly dryRun: boolean
}

/** Attempts of an actor that were counted instead of being recorded one by one. */
export interface AttemptsSuppressed {
  readonly actor: string
  readonly count: number
  /** How often each reason was met. */
  readonly codes: Readonly<Record<string, number>>
  /** ISO instants of the first and the last. */
  readonly since: string
  readonly until: string
}

export const attemptRefused = 'attempt.Refused'
export const attemptsSuppressed = 'attempt.Suppressed'

/** No aggregate has them: their forms are known here. */
export const attemptForms = new Upcasting('attempts', new Map())

/** The stream of an actor and a day (UTC): short streams, whoever tries for years. */
export function attemptStream(actor: string, at: string): string {
  return `attempts-${actor}:${at.slice(0, 10)}`
}
