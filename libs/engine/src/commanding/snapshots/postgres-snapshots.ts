import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Database } from '#database'
import type { Stateful } from '../../workflow/workflow.js'
import { pruneSnapshots, selectSnapshot, upsertSnapshot } from './snapshot.sql.js'
import type { Snapshot, Snapshots } from './snapshots.js'

/** Only streams of more than 40 events have one; at 10 kB a state this is 100 MB. */
const defaultCapacity = 10_000

/** Kept by this process between two prunings: what exceeds the capacity for a while costs nothing. */
const keptBetweenPrunings = 200

/** A state beyond this (in characters) costs more to write again and again than its stream to read. */
const longestState = 1_000_000

/** Snapshots that wait to be written by this process at most; further ones are left out, the next is as good. */
const mostUnderWay = 4

export interface PostgresSnapshotsOptions {
  /**
   * Names the program whose functions fold, such as a digest of its files: another program does not use the snapshots
   * of this one. Asked once, when first needed. Default: none, and `foldVersion` alone tells of changes in functions
   * that a fold calls.
   */
  readonly program?: () => Promise<string>
  /** Rows at most. */
  readonly capacity?: number
}

/** Snapshots in the table of `snapshotMigration`. */
export class PostgresSnapshots implements Snapshots {
  #kept = 0
  readonly #underWay = new Set<Promise<void>>()
  #program: Promise<string> | undefined

  constructor(
    private readonly database: Database,
    private readonly options: PostgresSnapshotsOptions = {},
  ) {}

  async find(stream: string, workflow: string, fold: string): Promise<Snapshot | undefined> {
    try {
      const { rows } = await this.database.query<{ revision: string; last_event: string; state: string }>({
        name: 'roviec.snapshot',
        text: selectSnapshot,
        values: [stream, workflow, await this.#byProgram(fold)],
      })
      const [row] = rows
      if (row === undefined) return undefined
      const state = JSON.parse(row.state) as Stateful
      return { stream, revision: BigInt(row.revision), lastEvent: row.last_event, workflow, fold, state }
    } catch {
      // The log answers as well, only later.
      return undefined
    }
  }

  keep(snapshot: Snapshot): void {
    if (this.#underWay.size >= mostUnderWay) return
    const state = asText(snapshot.state)
    if (state === null || state.length > longestState) return
    const work = this.#write(snapshot, state).catch(() => undefined)
    this.#underWay.add(work)
    void work.then(() => this.#underWay.delete(work))
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  async #write({ stream, revision, lastEvent, workflow, fold }: Snapshot, state: string): Promise<void> {
    const values = [stream, revision, lastEvent, workflow, await this.#byProgram(fold), state]
    await this.database.query(upsertSnapshot, values)
    if (++this.#kept % keptBetweenPrunings === 0)
      await this.database.query(pruneSnapshots, [this.options.capacity ?? defaultCapacity])
  }

  async #byProgram(fold: string): Promise<string> {
    this.#program ??= this.options.program?.() ?? Promise.resolve('')
    return createHash('sha256')
      .update(`${fold}\n${await this.#program}`)
      .digest('base64url')
  }
}

/** Null where JSON does not give the state back as it was: it would decide otherwise after a restart. */
function asText(state: Stateful): string | null {
  try {
    const text = JSON.stringify(state)
    return isDeepStrictEqual(JSON.parse(text), state) ? text : null
  } catch {
    return null
  }
}
