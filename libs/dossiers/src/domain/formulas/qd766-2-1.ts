import { daysWaited, inCalendarDays } from '../deadline.js'
import type { Assessment } from '../assessment.js'
import type { Rulebook } from '../rulebook.js'
import { counted, outside, type Formula } from './formula.js'
import { wasToBeHandled } from './to-be-handled.js'

/**
 * On-time share of QĐ 766/QĐ-TTg, index 2.1. It measures in its own way: against firstDue moved by the waits for
 * supplements, also where the procedure restarts and never by those for fees; more than one request for a supplement is
 * overdue, even where the procedure allows two.
 */
export const qd766: Formula = {
  name: 'qd766-2.1',
  shareOf(assessment, period, rulebook) {
    if (!wasToBeHandled(assessment, period)) return outside
    const requests = assessment.events.filter(({ type }) => type === 'SupplementRequested').length
    return counted(requests <= 1 && isOnTime(assessment, period.to, rulebook))
  },
}

function isOnTime({ clock, life, procedure }: Assessment, lastDay: string, rulebook: Rulebook): boolean {
  const waits = clock.waits.filter(({ afterAcceptance }) => afterAcceptance)
  const open = waits.find(({ to }) => to === null)
  const end = life.end?.occurredAt.date ?? open?.from ?? lastDay
  const { date, unrolled } = clock.first!
  const days = waits
    .map(({ from, to }) => daysWaited(rulebook, procedure.within, from, to ?? end))
    .reduce((sum, waited) => sum + waited, 0)
  if (days <= 0) return end <= date
  const { calendar } = rulebook
  const moved = inCalendarDays(procedure.within)
    ? calendar.rollForward(calendar.addDays(unrolled, days))
    : calendar.addWorkingDays(date, days)
  return end <= moved
}
