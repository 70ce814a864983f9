import { localDateOf } from '#calendar'
import { findTaskTables, openTables, type TableFile, type TaskTable } from '#documents'
import { deriveId, type JsonValue, type Refusal } from '#kernel'
import { planWorkflow } from '../domain/plan.workflow.js'
import type { PlanState } from '../domain/plan.state.js'
import { idsGiven, type TaskState } from '../domain/task.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import { asRecorded } from './as-recorded.js'
import { commandsOf, type ImportContext } from './commands-of.js'
import { comparePlan, compareTask, wordsInFile, wordsOnRecord } from './compare-task.js'
import { correctionsOf } from './corrections-of.js'
import { CountedList, maxListed } from './counted-list.js'
import { digestOfFile, nameOfFile } from './file-identity.js'
import { importWarningOf } from './import-warnings.js'
import type { ImportDependencies, ImportOptions, PlanToImport } from './import-request.js'
import type { ImportDifference, ImportReport } from './import-report.js'
import { ImportSender } from './import-sender.js'
import type { ImportWarning, InterpretedTask } from './interpreted-plan.js'
import { PlanComparison } from './plan-comparison.js'
import type { PlanReading } from './plan-reading.js'
import { partsOf, survey, type PlanSurvey } from './plan-survey.js'

/** Tasks in work at a time: the event store writes together what is under way together. */
const inFlight = 32

/** As many as one command takes. */
const changesAtOnce = 50

const correctionReason = 'Đính chính theo phụ lục nhập lại'

/** What a run enters beside new tasks, documents and completions. */
interface Accepted {
  /** Words of the file in place of those on record. */
  readonly words: boolean
  /** Products that the record has not. */
  readonly products: boolean
}

/**
 * Brings a plan table into the record.
 *
 * The file is read twice: once to its end, to count, to compare with the record and to find what is wrong with it
 * before anything is written; then task by task into commands. Their ids derive from what they are about, so the
 * same file adds nothing, and a run that was killed goes on where it stopped when it is started again. Memory does
 * not grow with the length of the table.
 *
 * @throws RoviecError of kind `invalid` for a file that is no table, is damaged or too large: nothing is written.
 */
export async function importPlan(
  file: TableFile,
  plan: PlanToImport,
  dependencies: ImportDependencies,
  options: ImportOptions = {},
): Promise<ImportReport> {
  return new PlanImport(plan, dependencies).run(file, options)
}

class PlanImport {
  readonly #reading: PlanReading
  readonly #context: ImportContext
  readonly #sender: ImportSender
  /** About what is on record, beside what the survey finds in the file. */
  readonly #told = new CountedList<ImportWarning>()
  readonly #comparison = new PlanComparison(
    (code) => this.#taskOnRecord(code),
    (...told) => this.#told.add(...told),
  )
  #refused = 0
  /** Some of what was accepted is not on record: the file has to be compared anew. */
  #isUnfinished = false

  constructor(
    private readonly plan: PlanToImport,
    private readonly dependencies: ImportDependencies,
  ) {
    const { code, year, declared } = plan
    const { resolve, clock } = dependencies
    const [number, date] = [plan.number ?? null, plan.date ?? null]
    this.#reading = { plan: code, year, planDate: date, resolve, ...(declared !== undefined && { declared }) }
    this.#context = {
      plan: { code, number, date, year },
      assigner: { agencyId: resolve(plan.issuer).id, name: plan.issuer },
      today: localDateOf(clock.now()),
      resolve,
    }
    this.#sender = new ImportSender(dependencies, deriveId('import', code))
  }

  async run(file: TableFile, { dryRun, acceptChanges = false }: ImportOptions): Promise<ImportReport> {
    const tables = await findTaskTables(await openTables(file))
    const known = await this.#knownPlan()
    const surveyed = await this.#survey(tables, known)
    const digest = await digestOfFile(file)
    // The file that was imported last says no words anew, whatever officials have corrected since.
    const again = known?.imported.at(-1) === digest && comparePlan(known, this.plan).length === 0
    const differences = again ? this.#comparison.oneSided : this.#comparison.differences
    if (dryRun === true) return this.#report(surveyed, differences, 'planned')
    if (!again && differences.count > 0 && !acceptChanges)
      return this.#report(surveyed, differences, 'changed')
    await this.#registerPlan(known)
    await this.#recordTasks(tables, known, { words: !again, products: acceptChanges })
    if (!again && !this.#isUnfinished) await this.#recordImport(nameOfFile(file), digest, surveyed)
    const isResolved = this.#refused === 0 && this.#comparison.oneSided.count === 0
    const nothingNew = isResolved ? 'unchanged' : 'unresolved'
    return this.#report(surveyed, differences, this.#sender.recorded > 0 ? 'imported' : nothingNew)
  }

  async #survey(tables: readonly TaskTable[], known: PlanState | null): Promise<PlanSurvey> {
    if (known === null) return survey(tables, this.#reading, () => Promise.resolve())
    this.#comparison.takePlan(comparePlan(known, this.plan))
    const surveyed = await survey(tables, this.#reading, ({ tasks }) => this.#comparison.take(tasks))
    this.#comparison.finish(await this.dependencies.tasksOf(this.plan.code))
    return surveyed
  }

  async #knownPlan(): Promise<PlanState | null> {
    const { state } = await this.dependencies.commands.load(planWorkflow, this.plan.code)
    return state.status === 'absent' ? null : state
  }

  async #taskOnRecord(code: string): Promise<TaskState | null> {
    const { state } = await this.dependencies.commands.load(taskWorkflow, code)
    return state.status === 'absent' ? null : state
  }

  async #registerPlan(known: PlanState | null): Promise<void> {
    const { code, declared, ...details } = this.plan
    const data = { ...details, ...(declared !== undefined && { declaredTasks: declared }) }
    if (known === null)
      return this.#needed(null, 'plan', code, 'RegisterPlan', deriveId('import', code, 'RegisterPlan'), data)
    const fields = new Set(comparePlan(known, this.plan).map(({ field }) => field))
    const changes = Object.fromEntries(Object.entries(data).filter(([field]) => fields.has(field)))
    if (fields.size > 0) await this.#correct(null, 'plan', code, 'CorrectPlan', changes)
  }

  async #recordTasks(
    tables: readonly TaskTable[],
    known: PlanState | null,
    accepted: Accepted,
  ): Promise<void> {
    let waiting: InterpretedTask[] = []
    const recordWaiting = async (): Promise<void> => {
      await Promise.all(waiting.map((task) => this.#recordTask(task, known, accepted)))
      waiting = []
    }
    for await (const part of partsOf(tables, this.#reading)) {
      waiting.push(...part.tasks)
      if (waiting.length >= inFlight) await recordWaiting()
    }
    await recordWaiting()
  }

  async #recordTask(task: InterpretedTask, known: PlanState | null, accepted: Accepted): Promise<void> {
    const state = known === null ? null : await this.#taskOnRecord(task.code)
    if (state === null) return this.#send(task, null)
    const now = asRecorded(task, state)
    if (accepted.words) await this.#correctTask(now, state)
    const onRecord = idsGiven(state)
    const deliverables = now.deliverables.filter(({ id }) => accepted.products || Number(id) <= onRecord)
    await this.#send({ ...now, deliverables }, onRecord)
  }

  async #send(task: InterpretedTask, onRecord: number | null): Promise<void> {
    for (const { transition, commandId, data, occurredAt } of commandsOf(task, this.#context, onRecord)) {
      const plain = data as unknown as JsonValue
      if (transition === 'AddDeliverable')
        await this.#needed(task.row, 'task', task.code, transition, commandId, plain)
      else
        this.#note(
          task.row,
          await this.#sender.send('task', task.code, transition, commandId, plain, occurredAt),
        )
    }
  }

  /** Words of the file that were accepted in place of those on record. */
  async #correctTask(task: InterpretedTask, state: TaskState): Promise<void> {
    const changes = correctionsOf(task, compareTask(wordsOnRecord(state), wordsInFile(task)), this.#context)
    for (let at = 0; at < changes.length; at += changesAtOnce) {
      const some = changes.slice(at, at + changesAtOnce) as unknown as JsonValue
      await this.#correct(task.row, 'task', task.code, 'Correct', some)
    }
  }

  async #correct(
    row: number | null,
    workflow: 'plan' | 'task',
    aggregate: string,
    transition: string,
    changes: JsonValue,
  ): Promise<void> {
    const [first] = await this.dependencies.store.readStream(`${workflow}-${aggregate}`, { limit: 1 })
    const id = deriveId('import', aggregate, transition, await this.#lastEventOf(workflow, aggregate))
    const data = { eventId: first!.id, reason: correctionReason, changes }
    await this.#needed(row, workflow, aggregate, transition, id, data)
  }

  async #lastEventOf(workflow: 'plan' | 'task', aggregate: string): Promise<string> {
    const stream = `${workflow}-${aggregate}`
    const [last] = await this.dependencies.store.readStream(stream, { direction: 'backward', limit: 1 })
    return last?.id ?? ''
  }

  async #recordImport(fileName: string, fileDigest: string, surveyed: PlanSurvey): Promise<void> {
    const { sections, tasks, deliverables, evidence } = surveyed
    const { code } = this.plan
    const { warnings, warningCount } = this.#warnings(surveyed)
    const id = deriveId('import', code, 'RecordImport', fileDigest, await this.#lastEventOf('plan', code))
    await this.#needed(null, 'plan', code, 'RecordImport', id, {
      fileDigest,
      fileName,
      sections: sections.map(({ id: section, title }) => ({ id: section, title: title || section })),
      tasks,
      deliverables,
      evidence,
      warnings: warnings.map(({ row, code: warning, message }) => ({
        row,
        code: warning,
        message: { ...message },
      })),
      warningCount,
    })
  }

  /** Sends what the import is not finished without. */
  async #needed(row: number | null, ...command: Parameters<ImportSender['send']>): Promise<void> {
    const refusal = await this.#sender.send(...command)
    if (refusal !== null) this.#isUnfinished = true
    this.#note(row, refusal)
  }

  #note(row: number | null, refusal: Refusal | null): void {
    if (refusal === null) return
    this.#refused++
    this.#told.add(importWarningOf(row, refusal))
  }

  #warnings({ warnings }: PlanSurvey): Pick<ImportReport, 'warnings' | 'warningCount'> {
    return {
      warnings: [...this.#told.first, ...warnings.first].slice(0, maxListed),
      warningCount: this.#told.count + warnings.count,
    }
  }

  async #report(
    surveyed: PlanSurvey,
    differences: CountedList<ImportDifference>,
    status: ImportReport['status'],
  ): Promise<ImportReport> {
    return {
      plan: this.plan.code,
      status,
      sections: surveyed.sections.length,
      tasks: surveyed.tasks,
      deliverables: surveyed.deliverables,
      evidence: surveyed.evidence,
      declaredTasks: this.plan.declared ?? null,
      recorded: this.#sender.recorded,
      differences: differences.first,
      differenceCount: differences.count,
      ...this.#warnings(surveyed),
      position: String(await this.dependencies.store.head()),
    }
  }
}
