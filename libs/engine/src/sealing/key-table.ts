import type { Database } from '#database'
import type { WrappedKey } from './master-keys.js'
import { eraseKey, selectById, selectInUse, takeKeys } from './personal-key.sql.js'

/** A key as it is stored; without `key` it was erased. */
export interface KeyRow {
  readonly id: string
  readonly subject: string
  readonly key: WrappedKey | null
}

/** Where the keys of subjects are kept. */
export interface KeyTable {
  /**
   * The key in use of each subject: the one there is, else the one offered. Whichever process is first, all get the
   * same. A subject may be missing in the answer when another process is just making its key.
   */
  take(offered: readonly (KeyRow & { readonly key: WrappedKey })[]): Promise<readonly KeyRow[]>
  inUse(subject: string): Promise<KeyRow | undefined>
  byId(ids: readonly string[]): Promise<readonly KeyRow[]>
  /** Destroys the key in use; false where there is none. */
  erase(subject: string): Promise<boolean>
}

interface Stored {
  readonly id: string
  readonly subject: string
  readonly wrapped: Buffer | null
  readonly master: string | null
}

const rowOf = ({ id, subject, wrapped, master }: Stored): KeyRow => ({
  id,
  subject,
  key: wrapped === null || master === null ? null : { wrapped, master },
})

/** In the table of `personalKeyMigration`. */
export class PostgresKeyTable implements KeyTable {
  constructor(private readonly database: Database) {}

  async take(offered: readonly (KeyRow & { readonly key: WrappedKey })[]): Promise<readonly KeyRow[]> {
    // One order for all, or two processes that offer the same subjects could wait for each other.
    const rows = offered.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
    const { rows: taken } = await this.database.query<Stored>({
      name: 'roviec.personal_key.take',
      text: takeKeys,
      values: [
        rows.map(({ id }) => id),
        rows.map(({ subject }) => subject),
        rows.map(({ key }) => key.wrapped),
        rows.map(({ key }) => key.master),
      ],
    })
    return taken.map(rowOf)
  }

  async inUse(subject: string): Promise<KeyRow | undefined> {
    const { rows } = await this.database.query<Stored>(selectInUse, [subject])
    return rows.map(rowOf)[0]
  }

  async byId(ids: readonly string[]): Promise<readonly KeyRow[]> {
    const { rows } = await this.database.query<Stored>({
      name: 'roviec.personal_key.by_id',
      text: selectById,
      values: [ids],
    })
    return rows.map(rowOf)
  }

  async erase(subject: string): Promise<boolean> {
    const { rowCount } = await this.database.query(eraseKey, [subject])
    return rowCount === 1
  }
}

/** Gone with the process: for logs that are as well. */
export class InMemoryKeyTable implements KeyTable {
  readonly #rows = new Map<string, KeyRow>()
  readonly #inUse = new Map<string, KeyRow>()

  take(offered: readonly (KeyRow & { readonly key: WrappedKey })[]): Promise<readonly KeyRow[]> {
    for (const row of offered)
      if (!this.#inUse.has(row.subject)) {
        this.#rows.set(row.id, row)
        this.#inUse.set(row.subject, row)
      }
    return Promise.resolve(offered.map(({ subject }) => this.#inUse.get(subject)!))
  }

  inUse(subject: string): Promise<KeyRow | undefined> {
    return Promise.resolve(this.#inUse.get(subject))
  }

  byId(ids: readonly string[]): Promise<readonly KeyRow[]> {
    return Promise.resolve(ids.flatMap((id) => this.#rows.get(id) ?? []))
  }

  erase(subject: string): Promise<boolean> {
    const found = this.#inUse.get(subject)
    if (found !== undefined) this.#rows.set(found.id, { ...found, key: null })
    return Promise.resolve(this.#inUse.delete(subject))
  }
}
