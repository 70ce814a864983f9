import { writeSync } from 'node:fs'
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
import { upsertSnapshot } from '../../libs/engine/src/commanding/snapshots/snapshot.sql.js'
import { takeKeys } from '../../libs/engine/src/sealing/personal-key.sql.js'
import { selectDue } from '../../libs/engine/src/timing/timer-due.sql.js'
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
  [takeKeys, 'personal-key'],
  [upsertSnapshot, 'snapshot'],
  [selectDue, 'due-timers'],
])

const byForm: readonly (readonly [RegExp, string])[] = [
  [/event_log\.append\(/, 'append'],
  [/^commit$/i, 'commit'],
  [/^\s*(INSERT INTO|UPDATE|DELETE FROM) (?!roviec\.|event_log\.)/, 'rows'],
]

/** What an append says of a timer that fires. */
const fired = 'timer.Fired'

export const steps = [...new Set([...statements.values(), ...byForm.map(([, step]) => step), 'fire-timer'])]

/** A third of a lease's time goes by before it is renewed: only a life that waits comes past. */
export const renewals: readonly string[] = ['renew-lease', 'renew-lead']

/** `during`: the statement has left, and its answer is not there. */
export const moments = ['before', 'during', 'after'] as const

/** What a life does, one after the other; views, processes and timers follow it all along. */
export const phases = ['start', 'seed', 'import', 'follow-up', 'reports', 'orders', 'end'] as const

export type Phase = (typeof phases)[number]

export interface FaultPoint {
  readonly phase: Phase
  readonly moment: (typeof moments)[number]
  readonly step: string
  /** Which time it comes past in this phase. */
  readonly count: number
}

/** How often a life comes past each step, by phase. */
export type Passed = Readonly<Record<Phase, Record<string, number>>>

/** What a life has told, on standard error, that dies where its phase ends, since it did not come past the point. */
export const passedOver = 'the phase is over'

/**
 * Makes this process die, with no chance to do anything, when it comes to the point, or else when the point's phase is
 * over; without one it lives. The life says which phase it enters, and begins in the first; null ends the last.
 */
export function dieAt(point: FaultPoint | null): {
  readonly passed: Passed
  enter(phase: Phase | null): void
} {
  const passed = Object.fromEntries(phases.map((phase) => [phase, {}])) as Passed
  let phase: Phase | null = phases[0]
  let left = point?.count ?? 0
  const pass = (here: string, step: string): void => {
    if (phase !== point?.phase || here !== point.moment || step !== point.step) return
    left--
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
  type Send = (this: unknown, ...given: unknown[]) => unknown
  const client = pg.Client.prototype as unknown as { query: Send }
  const send = client.query
  client.query = function (...given) {
    const now = stepOf(given[0], given[1])
    if (now === null) return send.apply(this, given)
    if (phase !== null) passed[phase][now] = (passed[phase][now] ?? 0) + 1
    pass('before', now)
    const sent = send.apply(this, given)
    setImmediate(pass, 'during', now)
    if (sent instanceof Promise) return sent.finally(() => pass('after', now))
    return sent
  }
  return {
    passed,
    enter(next) {
      if (point !== null && phase === point.phase) {
        writeSync(process.stderr.fd, passedOver)
        process.kill(process.pid, 'SIGKILL')
      }
      phase = next
    },
  }
}

function stepOf(query: unknown, given: unknown): string | null {
  const { text, values } =
    typeof query === 'string'
      ? { text: query, values: given }
      : ((query ?? {}) as { text?: string; values?: unknown })
  if (text === undefined) return null
  const step = statements.get(text) ?? byForm.find(([form]) => form.test(text))?.[1] ?? null
  return step === 'append' && String(values).includes(fired) ? 'fire-timer' : step
}
