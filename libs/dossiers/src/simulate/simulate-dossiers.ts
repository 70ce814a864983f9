import { addDays, lastDayOfMonth, type BusinessCalendar, type LocalDate } from '#calendar'
import { simulatedDossier } from './simulated-dossier.js'
import { seasons, simulatedProcedures } from './simulated-office.js'

export interface Simulation {
  readonly count: number
  readonly seed: number
  /** In which the dossiers come in; all must be known to the calendar, and some days of the next. */
  readonly year: number
}

/**
 * A year of a province that never was, for load tests: the lines of each dossier together, dossiers in the order of the
 * days they came in on. The same count, seed and year are the same lines to the byte; nothing is kept but one dossier.
 */
export function* simulateDossiers(
  calendar: BusinessCalendar,
  { count, seed, year }: Simulation,
): Generator<string> {
  let index = 0
  for (const { day, through } of busyDays(calendar, year))
    for (; index < Math.round(through * count); index++)
      yield* simulatedDossier(calendar, { seed, index: index + 1, day })
}

/** The procedures that the dossiers name, as lines for those who have none on record. */
export function simulatedProcedureLines(): readonly string[] {
  return simulatedProcedures.map(([{ line }]) => JSON.stringify(line))
}

/** The working days of the year, each with the share of dossiers that have come in by its end. */
function busyDays(calendar: BusinessCalendar, year: number): { day: LocalDate; through: number }[] {
  const days: { day: LocalDate; weight: number }[] = []
  const last = lastDayOfMonth(year, 12)
  for (let day = addDays(lastDayOfMonth(year - 1, 12), 1); day <= last; day = addDays(day, 1))
    if (calendar.isWorkingDay(day)) days.push({ day, weight: seasons[Number(day.slice(5, 7)) - 1]! })
  const total = days.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  return days.map(({ day, weight }) => {
    sum += weight
    return { day, through: sum / total }
  })
}
