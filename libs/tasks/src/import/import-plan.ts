import { localDateOf } from '#calendar'
import { findTaskTables, openTables, type TableFile, type TaskTable } from '#documents'
import { deriveId, type JsonValue } from '#kernel'
import { planWorkflow } from '../domain/plan.workflow.js'
import type { PlanState } from '../domain/plan.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import { commandsOf, type ImportContext } from './commands-of.js'
import { comparePlan, compareTask, wordsInFile, wordsOnRecord } from './compare-task.js'
import { correctionsOf } from './corrections-of.js'
import { digestOfFile, nameOfFile } from './file-identity.js'
import { importWarningOf, warnings } from './import-warnings.js'
import type { ImportDependencies, ImportOptions, PlanToImport } from './import-request.js'
import type { ImportDifference, ImportReport } from './import-report.js'
import { ImportSender } from './import-sender.js'
import type { ImportWarning, InterpretedPlan, InterpretedTask } from './interpreted-plan.js'
import type { PlanReading } from './plan-reading.js'
import { maxWarnings, partsOf, survey, type PlanSurvey } from './plan-survey.js'

/** Tasks in work at a time: the event store writes together what is under way together. */
const inFlight = 32

const correctionReason = 'Đính chính theo phụ lục nhập lại'

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
  readonly #told: ImportWarning[] = []
  /** Tasks of the file; kept only where there is a record to compare them with. */
  readonly #seen = new Set<string>()

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

  async run(file: TableFile, { dryRun, acceptChanges }: ImportOptions): Promise<ImportReport> {
    const tables = await findTaskTables(await openTables(file))
    const known = await this.#knownPlan()
    const surveyed = await survey(tables, this.#reading, (part) => this.#compare(part, known))
    const found = { ...surveyed, differences: await this.#differences(known, surveyed) }
    const { differences } = found
    const fileDigest = await digestOfFile(file)
    // The file that was imported last says nothing new, whatever has happened to the record since.
    const again = known?.imported.at(-1) === fileDigest && comparePlan(known, this.plan).length === 0
    if (again)
      return this.#report({ ...surveyed, differences: [] }, dryRun === true ? 'planned' : 'unchanged')
    if (dryRun === true) return this.#report(found, 'planned')
    if (differences.length > 0 && acceptChanges !== true) return this.#report(found, 'changed')
    await this.#registerPlan(known)
    await this.#recordTasks(tables, known)
    await this.#recordImport(nameOfFile(file), fileDigest, surveyed)
    return this.#report(found, this.#sender.recorded > 0 ? 'imported' : 'unchanged')
  }

  async #knownPlan(): Promise<PlanState | null> {
    const { state } = await this.dependencies.commands.load(planWorkflow, this.plan.code)
    return state.status === 'absent' ? null : state
  }

  async #compare({ tasks }: InterpretedPlan, known: PlanState | null): Promise<readonly ImportDifference[]> {
    if (known === null) return []
    for (const { code } of tasks) this.#seen.add(code)
    const compared = await Promise.all(
      tasks.map(async (task) => {
        const { state } = await this.dependencies.commands.load(taskWorkflow, task.code)
        if (state.status === 'absent') return []
        const differences = compareTask(wordsOnRecord(state), wordsInFile(task))
        return differences.map((difference) => ({ code: task.code, ...difference }))
      }),
    )
    return compared.flat()
  }

  /** Of the plan, of its tasks, and of tasks that the file no longer has. */
  async #differences(known: PlanState | null, surveyed: PlanSurvey): Promise<readonly ImportDifference[]> {
    if (known === null) return []
    const recorded = await this.dependencies.tasksOf(this.plan.code)
    const gone = recorded.filter((code) => !this.#seen.has(code))
    for (const code of gone) this.#tell(warnings.taskNotInFile(code))
    return [
      ...comparePlan(known, this.plan),
      ...surveyed.differences,
      ...gone.map((code) => ({ code, field: 'task', before: code, after: null })),
    ]
  }

  async #registerPlan(known: PlanState | null): Promise<void> {
    const { code, declared, ...details } = this.plan
    const data = { ...details, ...(declared !== undefined && { declaredTasks: declared }) }
    if (known === null) {
      const id = deriveId('import', code, 'RegisterPlan')
      return void (await this.#sender.send('plan', code, 'RegisterPlan', id, data))
    }
    const fields = new Set(comparePlan(known, this.plan).map(({ field }) => field))
    const changes = Object.fromEntries(Object.entries(data).filter(([field]) => fields.has(field)))
    await this.#correct('plan', code, 'CorrectPlan', changes)
  }

  async #recordTasks(tables: readonly TaskTable[], known: PlanState | null): Promise<void> {
    let waiting: InterpretedTask[] = []
    const recordWaiting = async (): Promise<void> => {
      await Promise.all(waiting.map((task) => this.#recordTask(task, known)))
      waiting = []
    }
    for await (const part of partsOf(tables, this.#reading)) {
      waiting.push(...part.tasks)
      if (waiting.length >= inFlight) await recordWaiting()
    }
    await recordWaiting()
  }

  async #recordTask(task: InterpretedTask, known: PlanState | null): Promise<void> {
    if (known !== null) await this.#correctTask(task)
    for (const { transition, commandId, data, occurredAt } of commandsOf(task, this.#context)) {
      const plain = data as unknown as JsonValue
      const refusal = await this.#sender.send('task', task.code, transition, commandId, plain, occurredAt)
      if (refusal !== null) this.#tell(importWarningOf(task.row, refusal))
    }
  }

  /** Words of the file that were accepted in place of those on record. */
  async #correctTask(task: InterpretedTask): Promise<void> {
    const { state } = await this.dependencies.commands.load(taskWorkflow, task.code)
    if (state.status === 'absent') return
    const changes = correctionsOf(task, compareTask(wordsOnRecord(state), wordsInFile(task)), this.#context)
    const refusal = await this.#correct('task', task.code, 'Correct', changes as unknown as JsonValue)
    if (refusal !== null) this.#tell(importWarningOf(task.row, refusal))
  }

  async #correct(
    workflow: 'plan' | 'task',
    aggregate: string,
    transition: string,
    changes: JsonValue,
  ): ReturnType<ImportSender['send']> {
    if (Object.keys(changes as object).length === 0) return null
    const stream = `${workflow}-${aggregate}`
    const [first] = await this.dependencies.store.readStream(stream, { limit: 1 })
    const [last] = await this.dependencies.store.readStream(stream, { direction: 'backward', limit: 1 })
    const id = deriveId('import', aggregate, transition, last!.id)
    return this.#sender.send(workflow, aggregate, transition, id, {
      eventId: first!.id,
      reason: correctionReason,
      changes,
    })
  }

  async #recordImport(fileName: string, fileDigest: string, surveyed: PlanSurvey): Promise<void> {
    const { sections, tasks, deliverables, evidence, warningCount } = surveyed
    const told = [...surveyed.warnings, ...this.#told].slice(0, maxWarnings)
    const { code } = this.plan
    await this.#sender.send(
      'plan',
      code,
      'RecordImport',
      deriveId('import', code, 'RecordImport', fileDigest),
      {
        fileDigest,
        fileName,
        sections: sections.map(({ id, title }) => ({ id, title: title || id })),
        tasks,
        deliverables,
        evidence,
        warnings: told.map(({ row, code: warning, message }) => ({
          row,
          code: warning,
          message: { ...message },
        })),
        warningCount: warningCount + this.#told.length,
      },
    )
  }

  #tell(warning: ImportWarning): void {
    if (this.#told.length < maxWarnings) this.#told.push(warning)
  }

  async #report(
    surveyed: PlanSurvey & { readonly differences: readonly ImportDifference[] },
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
      differences: surveyed.differences,
      warnings: [...surveyed.warnings, ...this.#told],
      position: String(await this.dependencies.store.head()),
    }
  }
}
