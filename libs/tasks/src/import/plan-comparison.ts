import type { TaskState } from '../domain/task.state.js'
import { asRecorded, fallenOutOfNote, isNoLongerStated } from './as-recorded.js'
import { compareTask, isOneSided, wordsInFile, wordsOnRecord } from './compare-task.js'
import { CountedList } from './counted-list.js'
import type { ImportDifference } from './import-report.js'
import { warnings } from './import-warnings.js'
import type { ImportWarning, InterpretedTask } from './interpreted-plan.js'

/** What a file says otherwise than the record of its plan: a task at a time, then what the file does not have. */
export class PlanComparison {
  readonly differences = new CountedList<ImportDifference>()
  /** Of these, tasks and products that stand only on one side: no correction brings the two together. */
  readonly oneSided = new CountedList<ImportDifference>()
  readonly #seen = new Set<string>()

  constructor(
    private readonly taskOnRecord: (code: string) => Promise<TaskState | null>,
    private readonly tell: (...told: readonly ImportWarning[]) => void,
  ) {}

  takePlan(differences: readonly ImportDifference[]): void {
    this.differences.add(...differences)
  }

  async take(tasks: readonly InterpretedTask[]): Promise<void> {
    for (const task of tasks) {
      this.#seen.add(task.code)
      const state = await this.taskOnRecord(task.code)
      if (state === null) continue
      const now = asRecorded(task, state)
      this.#add(task.code, ...compareTask(wordsOnRecord(state), wordsInFile(now)))
      this.#tellWhatIsGone(now, state)
    }
  }

  /** @param recorded codes of the plan's tasks on record, without those withdrawn */
  finish(recorded: readonly string[]): void {
    for (const code of recorded) {
      if (this.#seen.has(code)) continue
      this.#add(code, { field: 'task', before: code, after: null })
      this.tell(warnings.taskNotInFile(code))
    }
  }

  #add(code: string, ...differences: readonly Omit<ImportDifference, 'code'>[]): void {
    for (const difference of differences) {
      this.differences.add({ code, ...difference })
      if (isOneSided(difference)) this.oneSided.add({ code, ...difference })
    }
  }

  #tellWhatIsGone(task: InterpretedTask, { deliverables }: TaskState): void {
    for (const recorded of deliverables) {
      const now = task.deliverables.find(({ id }) => id === recorded.id)
      const code = `${task.code}.${recorded.id}`
      if (now === undefined) {
        this.tell(warnings.productNotInFile(task.row, code, recorded.product))
        continue
      }
      for (const { number, raw } of fallenOutOfNote(recorded, now))
        this.tell(warnings.documentNotInNote(now.row, code, raw ?? number ?? ''))
      if (isNoLongerStated(recorded, now)) this.tell(warnings.completionNotInNote(now.row, code))
    }
  }
}
