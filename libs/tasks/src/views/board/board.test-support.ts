import type { Database } from '#database'
import type { Touched } from '#engine'
import { stateAfter, type Happened } from '../../domain/task.test-support.js'
import type { TaskState } from '../../domain/task.state.js'
import { asText, boardProjection } from './board.projection.js'
import { deliverableRows, taskRow } from './board.rows.js'
import { upsertDeliverables, upsertTasks } from './board.sql.js'

const tables = ['task_board_plan', 'task_board_task', 'task_board_deliverable']

/** A task of the board: plan, section and row give its code. */
export interface Placed {
  readonly plan?: string
  readonly section?: string
  readonly stt: string
  readonly happened: readonly Happened[]
  readonly over?: Partial<TaskState>
}

/** The view without a worker: made once, emptied for each case, filled with tasks as they stand. */
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

  /** The tasks were recorded one after the other, the first one first. */
  async fill(placed: readonly Placed[]): Promise<void> {
    await this.database.query(`TRUNCATE ${tables.map((table) => `build.${table}`).join(', ')}`)
    const rows = placed.map(touched)
    await this.database.transaction(async (transaction) => {
      await transaction.query('SET LOCAL search_path = build')
      await transaction.query(upsertTasks, [asText(rows.map(taskRow))])
      await transaction.query(upsertDeliverables, [asText(rows.flatMap(deliverableRows))])
    })
  }
}

function touched(
  { plan = 'CCHC2025', section = 'I', stt, happened, over }: Placed,
  index: number,
): Touched<TaskState> {
  const state = stateAfter(...happened)
  return {
    id: `${plan}-${section}-${stt}`,
    state: { ...state, plan: { ...state.plan!, code: plan }, section, stt, ...over },
    revision: 0n,
    position: BigInt(index + 1),
    updatedAt: new Date(Date.UTC(2025, 0, 1, 0, 0, index)),
  }
}
