import type {
  ImportWarning,
  InterpretedPlan,
  InterpretedSection,
  InterpretedTask,
} from './interpreted-plan.js'
import { PlanInterpreter } from './plan-interpreter.js'
import type { PlanReading } from './plan-reading.js'
import type { PlanRow } from './plan-row.js'

/** Reads a whole table at once. For tables that may be large, take {@link PlanInterpreter}. */
export async function interpretPlan(
  rows: Iterable<PlanRow> | AsyncIterable<PlanRow>,
  reading: PlanReading,
): Promise<InterpretedPlan> {
  const interpreter = new PlanInterpreter(reading)
  const sections: InterpretedSection[] = []
  const tasks: InterpretedTask[] = []
  const warnings: ImportWarning[] = []
  const take = (part: InterpretedPlan): void => {
    sections.push(...part.sections)
    tasks.push(...part.tasks)
    warnings.push(...part.warnings)
  }
  for await (const row of rows) take(interpreter.push(row))
  take(interpreter.finish())
  return { sections, tasks, warnings }
}
