import pg from 'pg'
import {
  acquireLease,
  advanceCheckpoint,
  openPage,
  releaseLease,
  renewLease,
} from '../../libs/engine/src/projecting/projection.sql.js'
import { registerBuild } from '../../libs/engine/src/projecting/build.sql.js'
import { makeLive, retireLive } from '../../libs/engine/src/operating/comparison.sql.js'
import { moveLead, renewLead, takeLead } from '../../libs/engine/src/leading/leadership.sql.js'
import {
  finishOperation,
  insertOperation,
  moveOperated,
} from '../../libs/engine/src/operating/operation.sql.js'

/**
 * The steps of a running system, by the statement that makes each. Nothing it does lasts but by a statement, so a
 * crash before, during and after each of them is every crash there is.
 */
const statements = new Map<string, string>([
  [acquireLease, 'take-lease'],
  [renewLease, 'renew-lease'],
  [releaseLease, 'release-lease'],
  [openPage, 'open-page'],
  [advanceCheckpoint, 'checkpoint'],
  [registerBuild, 'register-build'],
  [retireLive, 'retire-live'],
  [makeLive, 'make-live'],
  [takeLead, 'take-lead'],
  [renewLead, 'renew-lead'],
  [moveLead, 'move-lead'],
  [insertOperation, 'note-order'],
  [moveOperated, 'move-orders'],
  [finishOperation, 'finish-order'],
])

const byForm: readonly (readonly [RegExp, string])[] = [
  [/event_log\.append\(/, 'append'],
  [/^commit$/i, 'commit'],
  [/timer_due/, 'due-timers'],
  [/^\s*(INSERT INTO|UPDATE|DELETE FROM) (?!roviec\.|event_log\.)/, 'rows'],
  [/roviec\.personal_key/, 'personal-key'],
  [/roviec\.snapshot/, 'snapshot'],
]

export const steps = [...new Set([...statements.values(), ...byForm.map(([, step]) => step)])]

/** `during`: the statement has left, and its answer is not there. */
export const moments = ['before', 'during', 'after'] as const

export interface FaultPoint {
  readonly moment: (typeof moments)[number]
  readonly step: string
  /** Which time it comes past. */
  readonly count: number
}

/**
 * Makes this process die, with no chance to do anything, when it comes to the point; without one it lives.
 *
 * @returns the steps it comes past.
 */
export function dieAt({ moment, step, count }: FaultPoint): ReadonlySet<string> {
  const passed = new Set<string>()
  let left = count
  const pass = (here: string, now: string): void => {
    if (here !== moment || now !== step) return
    left--
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
  type Send = (this: unknown, ...given: unknown[]) => unknown
  const client = pg.Client.prototype as unknown as { query: Send }
  const send = client.query
  client.query = function (...given) {
    const now = stepOf(given[0])
    if (now === null) return send.apply(this, given)
    passed.add(now)
    pass('before', now)
    const sent = send.apply(this, given)
    setImmediate(pass, 'during', now)
    if (sent instanceof Promise) return sent.finally(() => pass('after', now))
    return sent
  }
  return passed
}

function stepOf(query: unknown): string | null {
  const text = typeof query === 'string' ? query : (query as { text?: string } | undefined)?.text
  if (text === undefined) return null
  return statements.get(text) ?? byForm.find(([form]) => form.test(text))?.[1] ?? null
}
