import { newId } from '#kernel'
import type { Database } from '#database'
import type { Transaction } from './projection.js'
import { announcePresence } from './projection.sql.js'

/**
 * Says that this process is there, by a lock that PostgreSQL keeps for one connection: it goes with the connection,
 * and so with the process, however that ends. A lease whose holder is gone need not be waited for.
 *
 * It only ever shortens a wait. A holder whose connection was lost may be taken for dead: its fencing number is what
 * keeps it from writing.
 */
export class Presence {
  /** Names the holder in its leases. */
  readonly id = newId()
  #connection: Transaction | undefined
  #announcing: Promise<void> | undefined

  constructor(private readonly database: Database) {}

  /** Announces the process, again where the connection was lost. */
  announce(): Promise<void> {
    if (this.#connection !== undefined && this.#announcing === undefined) return Promise.resolve()
    return (this.#announcing ??= this.#connect().finally(() => (this.#announcing = undefined)))
  }

  withdraw(): void {
    if (this.#connection !== undefined) this.#drop(this.#connection)
  }

  async #connect(): Promise<void> {
    const connection = await this.database.pool.connect()
    connection.once('end', () => this.#drop(connection))
    this.#connection = connection
    try {
      await connection.query(announcePresence, [this.id])
    } catch (error) {
      this.#drop(connection)
      throw error
    }
  }

  #drop(connection: Transaction): void {
    if (this.#connection !== connection) return
    this.#connection = undefined
    connection.release(true)
  }
}
