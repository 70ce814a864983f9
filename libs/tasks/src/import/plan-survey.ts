import type { TaskTable } from '#documents'
import { CountedList } from './counted-list.js'
import type { ImportWarning, InterpretedPlan, InterpretedSection } from './interpreted-plan.js'
import { PlanInterpreter } from './plan-interpreter.js'
import type { PlanReading } from './plan-reading.js'
import { columnWarnings, planRowsOf } from './plan-rows-of.js'

/** A table read to its end without writing: what is in it and what is odd. */
export interface PlanSurvey {
  readonly sections: readonly InterpretedSection[]
  readonly tasks: number
  readonly deliverables: number
  readonly evidence: number
  readonly warnings: CountedList<ImportWarning>
}

/** The parts of the plan as they become certain, a task at a time; a document may break its table over several. */
export async function* partsOf(
  tables: readonly TaskTable[],
  reading: PlanReading,
): AsyncGenerator<InterpretedPlan> {
  const interpreter = new PlanInterpreter(reading)
  for (const table of tables)
    for await (const row of planRowsOf(table)) {
      const part = interpreter.push(row)
      if (part.tasks.length > 0 || part.sections.length > 0 || part.warnings.length > 0) yield part
    }
  yield interpreter.finish()
}

/** @param see is shown every part, to compare it with the record */
export async function survey(
  tables: readonly TaskTable[],
  reading: PlanReading,
  see: (part: InterpretedPlan) => Promise<void>,
): Promise<PlanSurvey> {
  const sections: InterpretedSection[] = []
  const warnings = new CountedList<ImportWarning>()
  for (const { recognised } of tables) warnings.add(...columnWarnings(recognised))
  let [tasks, deliverables, evidence] = [0, 0, 0]
  for await (const part of partsOf(tables, reading)) {
    sections.push(...part.sections)
    tasks += part.tasks.length
    for (const task of part.tasks) {
      deliverables += task.deliverables.length
      evidence += task.deliverables.reduce((sum, one) => sum + one.evidence.length, 0)
    }
    warnings.add(...part.warnings)
    await see(part)
  }
  return { sections, tasks, deliverables, evidence, warnings }
}
