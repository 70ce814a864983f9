import type { LocalDate, Period } from '#calendar'

export const timeUnits = ['working-day', 'calendar-day', 'month', 'working-hour'] as const
export type TimeUnit = (typeof timeUnits)[number]

/** After a supplement the time goes on (`resume`) or starts anew (`restart`). */
export const supplementRules = ['resume', 'restart'] as const
export type SupplementRule = (typeof supplementRules)[number]

export interface ProcedureStep {
  readonly id: string | null
  readonly agency: string
  readonly within: Period
}

/** One version of a procedure (thủ tục hành chính). A dossier pins the version in force on the day of its acceptance. */
export interface ProcedureVersion {
  readonly code: string
  readonly name: string | null
  /** First day in force; null: since ever. */
  readonly validFrom: LocalDate | null
  readonly within: Period
  readonly supplement: SupplementRule
  readonly maxSupplements: number
  readonly feeStopsClock: boolean
  /** Received from 16:00 counts as received on the next working day; of same-day procedures after 15:00. */
  readonly lastHourRule: boolean
  readonly steps: readonly ProcedureStep[]
}

/** Longer times are mistakes of typing. */
const mostTime = 3_660

/**
 * The statutory time as the calendar counts it. Half a working day is a session; 0 working days is "trong ngày". Null
 * where it is no time: a negative number, a third of a day, half a month.
 */
export function periodOf(time: number, unit: TimeUnit): Period | null {
  if (!(time >= 0 && time <= mostTime)) return null
  const whole = Number.isInteger(time) && time > 0
  switch (unit) {
    case 'working-day':
      if (time === 0) return { unit: 'same-day' }
      if (whole) return { unit: 'working-days', amount: time }
      return Number.isInteger(time * 2) ? { unit: 'half-days', amount: time * 2 } : null
    case 'calendar-day':
      return whole ? { unit: 'calendar-days', amount: time } : null
    case 'month':
      return whole && time <= 120 ? { unit: 'months', amount: time } : null
    case 'working-hour':
      return time > 0 ? { unit: 'working-hours', milliseconds: Math.round(time * 3_600_000) } : null
  }
}

/** Of the versions of one procedure, that in force on the day; null where none is yet. */
export function versionOn(versions: readonly ProcedureVersion[], day: LocalDate): ProcedureVersion | null {
  let found: ProcedureVersion | null = null
  for (const version of versions) {
    if ((version.validFrom ?? '') > day) continue
    if (found === null || (version.validFrom ?? '') >= (found.validFrom ?? '')) found = version
  }
  return found
}
