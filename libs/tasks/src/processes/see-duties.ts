import {
  announcedOn,
  datedReminders,
  isBeyondCalendar,
  ruleOn,
  startOf,
  type DutiesSight,
  type OwedDuty,
  type RuleInForce,
} from '#accountability'
import { accountabilityRules } from '#accountability/record'
import { addDays, localDateOf, type BusinessCalendar, type LocalDate } from '#calendar'
import { calendarInForce } from '#calendar/record'
import type { Lookup } from '#engine'
import { isDelivered, type DeliverableState, type TaskState } from '../domain/task.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import type { Look } from './watching-tasks.js'
import { verdictOf } from '../domain/verdict.js'

/** A deliverable that is late, or has a due date that it is waited for by. */
export interface DeliverableSight extends Omit<DutiesSight, 'at'> {
  readonly id: string
  /** Whose a delay is: the names of the lead. */
  readonly unit: string | null
  /** The first late day; null while it is waited for. */
  readonly since: LocalDate | null
  /** When to look again for the day of the announcement, which lies beyond the calendar; null where it does not. */
  readonly lookAt: string | null
}

/** A task as the process sees it at one moment. */
export interface TaskDutiesSight extends Look {
  /** Code of the task. */
  readonly task: string
  /** Version in force on the day of the moment. */
  readonly rule: string
  /** What is neither late nor waited for by a day is left out. */
  readonly deliverables: readonly DeliverableSight[]
}

/** The task as it stands in the log, judged by the day of the moment, the due dates in force and the rule of the day. */
export async function seeDuties(
  { store, load }: Lookup,
  task: string,
  { at, fired }: Look,
): Promise<TaskDutiesSight> {
  const { state } = await load(taskWorkflow, task)
  const rules = await accountabilityRules(store)
  const calendar = await calendarInForce(store)
  const today = localDateOf(at)
  const deliverables =
    state.status === 'withdrawn'
      ? []
      : state.deliverables.flatMap((one) => seen(one, { calendar, rules, today, unit: leadOf(state) }) ?? [])
  return { task, at, fired, rule: ruleOn(rules, today).version, deliverables }
}

interface Standing {
  readonly calendar: BusinessCalendar
  readonly rules: readonly RuleInForce[]
  readonly today: LocalDate
  readonly unit: string | null
}

function seen(deliverable: DeliverableState, standing: Standing): DeliverableSight | null {
  const { calendar, rules, today, unit } = standing
  const { id } = deliverable
  const { verdict, overdueDays, due } = verdictOf(deliverable, today, 'extended')
  if (due === null || (verdict !== 'late' && verdict !== 'open')) return null
  if (verdict === 'late' || overdueDays !== null) {
    const missing = owed(deliverable, unit)
    const reminders = missing.length === 0 ? [] : datedReminders(calendar, ruleOn(rules, today), today)
    return { ...nothingSeen, id, due, unit, late: true, since: addDays(due, 1), missing, reminders }
  }
  const overdueAt = startOf(addDays(due, 1))
  const announced = isDelivered(deliverable) ? null : expected(calendar, rules, due)
  return { ...nothingSeen, id, due, unit, overdueAt, ...announced }
}

const nothingSeen = {
  late: false,
  since: null,
  expectedAt: null,
  overdueAt: null,
  lookAt: null,
  missing: [],
  reminders: [],
} as const

/** Days before the announcement at which its year is known: calendars are announced some weeks before they begin. */
const knownBefore = 30

function expected(
  calendar: BusinessCalendar,
  rules: readonly RuleInForce[],
  due: LocalDate,
): Pick<DeliverableSight, 'expectedAt' | 'lookAt'> {
  try {
    const day = announcedOn(calendar, rules, due)
    return { expectedAt: day && startOf(day), lookAt: null }
  } catch (error) {
    if (!isBeyondCalendar(error)) throw error
    const before = Math.max(...rules.map(({ rule }) => rule.expectedDaysBefore))
    return { expectedAt: null, lookAt: startOf(addDays(due, -before - knownBefore)) }
  }
}

/** An explanation and its acceptance; nothing once one was accepted. */
function owed({ explanation }: DeliverableState, owedBy: string | null): readonly OwedDuty[] {
  if (explanation?.outcome === 'accepted') return []
  const acceptance = { duty: 'acceptance', owedBy } as const
  return explanation?.outcome === 'open' ? [acceptance] : [{ duty: 'explanation', owedBy }, acceptance]
}

function leadOf({ lead }: TaskState): string | null {
  return lead.map(({ name }) => name).join('; ') || null
}
