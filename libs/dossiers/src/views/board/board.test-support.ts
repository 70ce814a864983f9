import type { Database } from '#database'
import type { RecordedEvent } from '#event-store'
import { boardProjection } from './board.projection.js'

const tables = ['calendar', 'procedure', 'state', 'dossier', 'agency', 'count', 'name'].map(
  (table) => `dossier_board_${table}`,
)

/** The view without a worker: made once, emptied for each case, filled by pages as the case cuts them. */
export class BoardUnderTest {
  private constructor(private readonly database: Database) {}

  static async create(database: Database): Promise<BoardUnderTest> {
    await database.query('CREATE SCHEMA build; CREATE SCHEMA view')
    await database.transaction(async (transaction) => {
      await transaction.query('SET LOCAL search_path = build')
      await transaction.query(boardProjection.create)
    })
    for (const table of tables)
      await database.query(`CREATE VIEW view.${table} AS SELECT * FROM build.${table}`)
    return new BoardUnderTest(database)
  }

  /** The view from nothing, by pages that end where `cuts` say. Answers every row, as text. */
  async fill(events: readonly RecordedEvent[], cuts: readonly number[]): Promise<unknown[]> {
    await this.database.query(`TRUNCATE ${tables.map((table) => `build.${table}`).join(', ')}`)
    const ends = [...cuts.map((cut) => cut % events.length), events.length].toSorted((a, b) => a - b)
    let from = 0
    for (const to of ends) {
      const page = events.slice(from, to)
      from = Math.max(from, to)
      if (page.length === 0) continue
      await this.database.transaction(async (transaction) => {
        await transaction.query('SET LOCAL search_path = build')
        await boardProjection.apply(transaction, page)
      })
    }
    const rows = await Promise.all(
      tables.map((table) =>
        this.database.query<{ row: string }>(
          `SELECT to_json(t)::text AS row FROM build.${table} t ORDER BY 1`,
        ),
      ),
    )
    return rows.map((found) => found.rows)
  }
}
