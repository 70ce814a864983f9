import { randomBytes } from 'node:crypto'
import { isUuid, newId } from '#kernel'
import { AskedTogether } from './asked-together.js'
import { keysUnreachable, keyUnusable } from './errors.js'
import type { KeyRow, KeyTable } from './key-table.js'
import type { MasterKeys } from './master-keys.js'
import { Recent } from './recent.js'
import { keyBytes, SubjectKey } from './subject-key.js'

/** Keys in memory; with their derived keys 200 bytes each. */
const rememberedKeys = 5_000

/** An erased key is forgotten by every process within this time. */
const rememberedMs = 5_000

/** A key that others make and erase under our eyes for longer than this is no race any more. */
const maxAttempts = 5

export interface SubjectKeysOptions {
  readonly rememberedKeys?: number
  readonly rememberedMs?: number
}

/** The keys of subjects, made as they are needed, one in use for each. */
export class SubjectKeys {
  readonly #inUse: Recent<SubjectKey>
  readonly #byId: Recent<SubjectKey>
  readonly #takes = new AskedTogether((subjects) => this.#take(subjects))
  readonly #looks = new AskedTogether((ids) => this.#look(ids))

  constructor(
    private readonly table: KeyTable,
    private readonly masters: MasterKeys,
    options: SubjectKeysOptions = {},
  ) {
    const limit = options.rememberedKeys ?? rememberedKeys
    const forMs = options.rememberedMs ?? rememberedMs
    this.#inUse = new Recent(limit, forMs)
    this.#byId = new Recent(limit, forMs)
  }

  /**
   * The key to seal with; there is one, for good, when this returns. Subjects asked for while a question is under way
   * go together in the next: an import of many pays for few round trips.
   *
   * @throws RoviecError fault `personal-keys-unreachable`, `personal-key-unusable`
   */
  async ofSubject(subject: string): Promise<SubjectKey> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const known = this.#inUse.get(subject)
      if (known !== undefined) return known
      const row = (await this.#takes.add([subject])).get(subject)
      if (row === undefined) continue
      const key = this.#unwrapped(row)
      if (key === undefined) throw keyUnusable(row.id)
      this.#inUse.set(subject, key)
      return key
    }
    throw keysUnreachable(new Error('the key of a subject keeps changing'))
  }

  /** As `ofSubject`, making none. */
  async known(subject: string): Promise<SubjectKey | undefined> {
    const known = this.#inUse.get(subject)
    if (known !== undefined) return known
    const row = await reached(this.table.inUse(subject))
    return row === undefined ? undefined : this.#unwrapped(row)
  }

  /** Those there are; a key that is missing, or that no master key unwraps, is not in the answer. */
  async byId(ids: readonly string[]): Promise<ReadonlyMap<string, SubjectKey | 'erased'>> {
    const keys = new Map<string, SubjectKey | 'erased'>()
    const unknown: string[] = []
    for (const id of new Set(ids)) {
      const known = this.#byId.get(id)
      if (known !== undefined) keys.set(id, known)
      // Others ask along: what is no id must not spoil their question.
      else if (isUuid(id)) unknown.push(id)
    }
    if (unknown.length === 0) return keys
    const found = await this.#looks.add(unknown)
    for (const id of unknown) {
      const row = found.get(id)
      if (row === undefined) continue
      const key = row.key === null ? 'erased' : this.#unwrapped(row)
      if (key === undefined) continue
      keys.set(row.id, key)
      if (key !== 'erased') this.#byId.set(row.id, key)
    }
    return keys
  }

  /**
   * Destroys the key in use: what it sealed can be read by nobody any more. Other processes still have it in memory
   * for five seconds. What is written about the subject later gets a new key.
   */
  async erase(subject: string): Promise<boolean> {
    const isErased = await reached(this.table.erase(subject))
    const known = this.#inUse.get(subject)
    this.#inUse.delete(subject)
    if (known !== undefined) this.#byId.delete(known.id)
    return isErased
  }

  async #look(ids: readonly string[]): Promise<ReadonlyMap<string, KeyRow>> {
    const rows = await reached(this.table.byId(ids))
    return new Map(rows.map((row) => [row.id, row]))
  }

  async #take(subjects: readonly string[]): Promise<ReadonlyMap<string, KeyRow>> {
    const offered = subjects.map((subject) => {
      const id = newId()
      return { id, subject, key: this.masters.wrap(id, subject, randomBytes(keyBytes)) }
    })
    const rows = await reached(this.table.take(offered))
    return new Map(rows.map((row) => [row.subject, row]))
  }

  #unwrapped({ id, subject, key }: KeyRow): SubjectKey | undefined {
    if (key === null) return undefined
    try {
      return new SubjectKey(id, subject, this.masters.unwrap(id, subject, key))
    } catch {
      return undefined
    }
  }
}

async function reached<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    throw keysUnreachable(error)
  }
}
