import type pg from 'pg'
import { AppendOutcomeUnknown, EventStoreUnavailable } from '../port/errors.js'
import type { Appended } from '../port/event-store.js'
import { answerKnownIds } from '../core/known-ids.js'
import type { PreparedAppend } from '../core/prepared-append.js'
import { appendQuery, verdict, type AppendRow } from './append-batch.js'
import { AppendQueue, type PendingAppend } from './append-queue.js'
import type { HeldConnection } from './connection.js'
import { eventColumns, eventFromRow, rawRows, type RawRow } from './event-rows.js'
import { wasRolledBack } from './rolled-back.js'

/**
 * Appends that come while a round trip is under way go together in the next one, as one transaction, each with its
 * own outcome. The flush to disk, which is most of an append's cost, is paid once for all of them.
 */
export class GroupCommit {
  readonly #queue = new AppendQueue()
  #running: Promise<void> | undefined

  constructor(readonly connection: HeldConnection) {}

  append(asked: PreparedAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ asked, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing is under way and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#queue.isEmpty) await this.#commit(this.#queue.takeBatch())
    this.#running = undefined
  }

  async #commit(batch: readonly PendingAppend[]): Promise<void> {
    let client: pg.PoolClient
    try {
      client = await this.connection.take()
    } catch (cause) {
      for (const { reject } of batch) reject(new EventStoreUnavailable(cause))
      return
    }
    try {
      await this.#send(client, batch)
    } catch (error) {
      if (wasRolledBack(error)) return this.#commitSingly(batch, error)
      this.connection.drop(client)
      for (const { asked, reject } of batch) reject(new AppendOutcomeUnknown(asked.stream, error))
    }
  }

  /** The server refused the whole call and wrote nothing: only the append that is to blame shall fail. */
  async #commitSingly(batch: readonly PendingAppend[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]!.reject(error)
    for (const one of batch) await this.#commit([one])
  }

  async #send(client: pg.PoolClient, batch: readonly PendingAppend[]): Promise<void> {
    const { rows } = await client.query<AppendRow>(appendQuery(batch.map(({ asked }) => asked)))
    const known: PendingAppend[] = []
    batch.forEach((pending, index) => {
      const judged = verdict(pending.asked, index, rows[0]!)
      if (judged.kind === 'appended') pending.resolve(judged.answer)
      else if (judged.kind === 'mismatch') pending.reject(judged.error)
      else known.push(pending)
    })
    for (const pending of known) await answerKnown(client, pending)
  }
}

/** Nothing of this append was written now; the recorded events, which never change, tell what it was. */
async function answerKnown(client: pg.PoolClient, { asked, resolve, reject }: PendingAppend): Promise<void> {
  const { rows } = await client.query<RawRow>({
    name: 'event_log.by_id',
    text: `select ${eventColumns} from event_log.event e where e.id = any ($1)`,
    values: [asked.events.map(({ id }) => id)],
    ...rawRows,
  })
  const found = rows.map((row) => eventFromRow(row, 0))
  try {
    resolve(answerKnownIds(asked, found))
  } catch (error) {
    reject(error)
  }
}
