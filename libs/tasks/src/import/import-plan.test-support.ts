import { CommandHandler, type Outcome } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, type JsonValue } from '#kernel'
import { virtualClock } from '#testing'
import { testSealing } from '#testing/workflow'
import { planWorkflow } from '../domain/plan.workflow.js'
import { people } from '../domain/task.test-support.js'
import type { TaskState } from '../domain/task.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import { importPlan } from './import-plan.js'
import type { ImportReport } from './import-report.js'
import type { ImportOptions, PlanToImport } from './import-request.js'
import { planColumns } from './plan-row.js'
import type { Cells } from './plan-row.test-support.js'

const headings = [
  'STT',
  'Nội dung',
  'Sản phẩm',
  'Cơ quan chủ trì',
  'Cơ quan phối hợp',
  'Thời gian',
  'Ghi chú',
]

/** A log in memory into which tables of the plan CCHC2025 are imported, and on which officials act. */
export class ImportLab {
  readonly #clock = virtualClock('2026-01-31T02:00:00Z')
  readonly store = new InMemoryEventStore({ clock: this.#clock })
  readonly #commands = new CommandHandler({
    store: this.store,
    clock: this.#clock,
    workflows: [planWorkflow, taskWorkflow],
    sealing: testSealing(),
  })

  import(
    rows: readonly Cells[],
    options: ImportOptions = {},
    plan: Partial<PlanToImport> = {},
  ): Promise<ImportReport> {
    const table = [headings, ...rows.map((row) => planColumns.map((column) => row[column] ?? ''))]
    const csv = table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    return importPlan(
      { name: 'plan.csv', bytes: Buffer.from(csv.join('\n')) },
      { code: 'CCHC2025', date: '2025-01-02', issuer: 'UBND tỉnh', year: 2025, ...plan },
      {
        commands: this.#commands,
        store: this.store,
        clock: this.#clock,
        actor: people.clerk,
        resolve: () => ({ status: 'unknown', id: null }),
        tasksOf: () => this.#tasks(),
      },
      options,
    )
  }

  /** An official acts on a task of section I. */
  act(stt: string, transition: string, data: object, actor: Actor = people.clerk): Promise<Outcome> {
    return this.#commands.handleOrThrow({
      id: newId(),
      workflow: 'task',
      aggregate: `CCHC2025-I-${stt}`,
      transition,
      data: data as JsonValue,
      actor,
    })
  }

  async task(stt: string): Promise<TaskState> {
    return (await this.#commands.load(taskWorkflow, `CCHC2025-I-${stt}`)).state
  }

  /** Of every deliverable of a task its number, product and the numbers of its documents. */
  async deliverables(stt: string): Promise<readonly string[]> {
    const { deliverables } = await this.task(stt)
    return deliverables.map(({ id, product, evidence }) =>
      [id, product, ...evidence.map(({ number }) => number ?? '?')].join(' | '),
    )
  }

  async #tasks(): Promise<readonly string[]> {
    const codes: string[] = []
    for await (const page of this.store.readAll({ types: ['task.Assigned'] }))
      codes.push(...page.map(({ stream }) => stream.slice('task-'.length)))
    const states = await Promise.all(codes.map((code) => this.#commands.load(taskWorkflow, code)))
    return codes.filter((_code, index) => states[index]!.state.status !== 'withdrawn')
  }
}

/** Of every warning its code. */
export const codes = ({ warnings }: ImportReport): readonly string[] => warnings.map(({ code }) => code)

/** Of every difference its field, after the number of the task where several are concerned. */
export const fields = ({ differences }: ImportReport): readonly string[] =>
  differences.map(({ code, field }) => `${code.replace(/^CCHC2025-I-/u, '')} ${field}`)
