import type { TaskTable } from '#documents'
import type { ImportDifference } from './import-report.js'
import type { ImportWarning, InterpretedPlan, InterpretedSection } from './interpreted-plan.js'
import { PlanInterpreter } from './plan-interpreter.js'
import type { PlanReading } from './plan-reading.js'
import { columnWarnings, planRowsOf } from './plan-rows-of.js'

/** Kept in the report and in the record: whoever has more to put right begins with these. */
export const maxWarnings = 500
const maxDifferences = 500

/** A table read to its end without writing: what is in it, what is odd, what differs from the record. */
export interface PlanSurvey {
  readonly sections: readonly InterpretedSection[]
  readonly tasks: number
  readonly deliverables: number
  readonly evidence: number
  readonly warnings: readonly ImportWarning[]
  readonly warningCount: number
  readonly differences: readonly ImportDifference[]
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

/** @param compare what a task of the table says otherwise than the record */
export async function survey(
  tables: readonly TaskTable[],
  reading: PlanReading,
  compare: (part: InterpretedPlan) => Promise<readonly ImportDifference[]>,
): Promise<PlanSurvey> {
  const sections: InterpretedSection[] = []
  const warnings: ImportWarning[] = tables.flatMap((table) => columnWarnings(table.recognised))
  const differences: ImportDifference[] = []
  let [tasks, deliverables, evidence, warningCount] = [0, 0, 0, warnings.length]
  for await (const part of partsOf(tables, reading)) {
    sections.push(...part.sections)
    tasks += part.tasks.length
    for (const task of part.tasks) {
      deliverables += task.deliverables.length
      evidence += task.deliverables.reduce((sum, one) => sum + one.evidence.length, 0)
    }
    warningCount += part.warnings.length
    warnings.push(...part.warnings.slice(0, maxWarnings - warnings.length))
    if (differences.length < maxDifferences) differences.push(...(await compare(part)))
  }
  return { sections, tasks, deliverables, evidence, warnings, warningCount, differences }
}
