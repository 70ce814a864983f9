import type { Database } from '#database'
import type { Position } from '#event-store'
import { LeaseLost } from '../projecting/lease-lost.js'
import { pause } from '../projecting/pause.js'
import { Presence } from '../projecting/presence.js'
import {
  giveUpLead,
  moveLead,
  registerLeadership,
  renewLead,
  selectLeaderships,
  takeLead,
} from './leadership.sql.js'
import { together } from './together.js'

/**
 * How long nobody leads at most when a leader hangs or its machine is gone; renewed at a third of it. A leader that was
 * merely killed is noticed at once, by its lost connection.
 */
const defaultLeaseMs = 10_000

/** First wait after a failure, doubled each time up to the longest. */
const firstRetryMs = 100
const longestRetryMs = 15_000

/** First look again at a lead another has, doubled each time up to a quarter of its time. */
const firstLookMs = 50

/** The lead, for as long as it lasts. */
export interface Lead {
  /** How far the leaders have come so far. */
  readonly position: Position
  /** Ends the work: the lead was lost, or the process stops. */
  readonly signal: AbortSignal
  /** @throws LeaseLost when another leads by now: nothing is moved. */
  move(position: Position): Promise<void>
  /** Says that something was achieved: the next failure is tried again at once. */
  progressed(): void
}

/** Is told of what failed and is tried again. The error carries no payload. */
export type Failed = (name: string, error: Error, retryInMs: number) => void

/**
 * Work that one process at a time does, though any number stand by. The lead spares doubled effort; it is not what
 * keeps effects single: a leader that was put to sleep may wake beside the next one, and what both do must be the same
 * commands under the same ids.
 */
export class Leadership {
  readonly #presence: Presence

  constructor(
    private readonly database: Database,
    private readonly leaseMs: number = defaultLeaseMs,
  ) {
    this.#presence = new Presence(database)
  }

  /** Does the work whenever this process leads, and again after failures, until `stop`. Never throws. */
  async whileLeading(
    name: string,
    stop: AbortSignal,
    failed: Failed,
    work: (lead: Lead) => Promise<void>,
  ): Promise<void> {
    let retryMs = firstRetryMs
    let lookMs = firstLookMs
    while (!stop.aborted)
      try {
        const taken = await this.#take(name)
        if (taken === null) {
          await pause(lookMs, stop)
          lookMs = Math.min(lookMs * 2, this.leaseMs / 4)
          continue
        }
        lookMs = firstLookMs
        await this.#lead(name, taken, stop, work, () => (retryMs = firstRetryMs))
      } catch (error) {
        if (error instanceof LeaseLost || stop.aborted) continue
        failed(name, error as Error, retryMs)
        await pause(retryMs, stop)
        retryMs = Math.min(retryMs * 2, longestRetryMs)
      }
  }

  /** Once nothing is led any more: others need not wait for this process. */
  withdraw(): void {
    this.#presence.withdraw()
  }

  async #take(name: string): Promise<{ readonly fence: string; readonly position: string } | null> {
    await this.#presence.announce()
    await this.database.query(registerLeadership, [name])
    const { rows } = await this.database.query<{ fence: string; position: string }>(takeLead, [
      name,
      this.#presence.id,
      this.leaseMs / 1000,
    ])
    return rows[0] ?? null
  }

  async #lead(
    name: string,
    { fence, position }: { readonly fence: string; readonly position: string },
    stop: AbortSignal,
    work: (lead: Lead) => Promise<void>,
    progressed: () => void,
  ): Promise<void> {
    const held = async (statement: string, value: unknown): Promise<void> => {
      const { rowCount } = await this.database.query(statement, [name, fence, value])
      if (rowCount !== 1) throw new LeaseLost(name)
    }
    try {
      await together(stop, [
        async (signal) => {
          const move = (to: Position): Promise<void> => held(moveLead, String(to))
          await work({ position: BigInt(position), signal, move, progressed })
        },
        async (signal) => {
          for (;;) {
            await pause(this.leaseMs / 3, signal)
            if (signal.aborted) return
            await this.#presence.announce()
            await held(renewLead, this.leaseMs / 1000)
          }
        },
      ])
    } finally {
      await this.database.query(giveUpLead, [name, fence]).catch(() => undefined)
    }
  }
}

/** Whether a process leads at this moment; one that hangs or whose machine is gone counts until its lease is over. */
export async function isLed(database: Database, name: string): Promise<boolean> {
  const { rows } = await database.query<{ led: boolean }>(selectLeaderships, [name])
  return rows[0]?.led ?? false
}
