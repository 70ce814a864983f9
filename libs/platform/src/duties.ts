import type { RemindersOf } from '#accountability/record'
import type { LocalDate } from '#calendar'
import { findDuties, type DutyLine } from '#dossiers'
import type { Query } from '#engine'
import { taskDuties, type TaskDuty } from '#tasks'
import { ofTask, type AccountabilityLine } from './accountability.js'

/** Asks in the name of somebody. */
export type Ask = <Params, Answer>(query: Query<Params, Answer>, params: object) => Promise<Answer>

/** What an agency has to do now about what is late, dossiers and tasks of plans. */
export interface DutiesShown {
  readonly asOf: LocalDate
  /** Ids of the agencies; null: all. */
  readonly of: readonly string[] | null
  readonly dossiers: { readonly items: readonly DutyLine[]; readonly next: string | null }
  /** Null on later pages. */
  readonly tasks: readonly TaskDutyLine[] | null
}

/** A late deliverable in the columns of the register, with the reminders that were given of it. */
export interface TaskDutyLine extends AccountabilityLine, RemindersOf {}

/** What the two contexts tell of one agency, that of the actor where none is named. */
export async function askForDuties(
  ask: Ask,
  params: { readonly cursor?: unknown; readonly [name: string]: unknown },
): Promise<DutiesShown> {
  const { items, next, asOf, of } = await ask(findDuties, params)
  const dossiers = { items, next }
  if (params.cursor !== undefined) return { asOf, of, dossiers, tasks: null }
  const found: (readonly TaskDuty[])[] = []
  for (const agency of of ?? [undefined])
    found.push(await ask(taskDuties, { asOf, ...(agency !== undefined && { agency }) }))
  const tasks = new Map(found.flat().map((item) => [item.code, item]))
  return { asOf, of, dossiers, tasks: [...tasks.values()].map(lineOf) }
}

function lineOf({ reminders, escalatedTo, rule, ...item }: TaskDuty): TaskDutyLine {
  return { ...ofTask(item), reminders, escalatedTo, rule }
}
