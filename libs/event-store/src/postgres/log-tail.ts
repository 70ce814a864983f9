import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Database } from '#database'
import { Tail } from '../core/tail.js'
import { HeldConnection } from './connection.js'

/**
 * Milliseconds between two looks at the log's end without a notification: what a lost one costs at most.
 */
const pollEveryMs = 1_000

/** Wakes the subscribers of one store: by NOTIFY on one shared connection, and by polling in case none comes. */
export class LogTail {
  readonly tail = new Tail()
  readonly #connection: HeldConnection
  #listening: Promise<void> | undefined

  constructor(
    readonly database: Database,
    readonly closing: AbortSignal,
  ) {
    this.#connection = new HeldConnection(database)
  }

  /** From the first subscription on. */
  start(): void {
    this.#listening ??= this.#listen()
  }

  async stopped(): Promise<void> {
    await this.#listening
  }

  async #listen(): Promise<void> {
    let client: pg.PoolClient | undefined
    while (!this.closing.aborted) {
      try {
        const taken = await this.#connection.take()
        if (taken !== client) {
          client = taken
          client.on('notification', () => this.tail.advance())
          await client.query('listen event_log')
        }
      } catch {
        // The server is away: the subscribers' own reads find that out and say so.
        if (client) this.#connection.drop(client)
        client = undefined
      }
      this.tail.advance()
      await delay(pollEveryMs, undefined, { signal: this.closing }).catch(() => undefined)
    }
    this.#connection.release()
  }
}
