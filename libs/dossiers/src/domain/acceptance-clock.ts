import { dueOf, type LocalDate, type Moment } from '#calendar'
import { lastMillisecond } from './deadline.js'
import type { DossierMessage } from './dossier.message.js'
import type { Life } from './life.js'
import type { Rulebook } from './rulebook.js'

export interface AcceptanceClock {
  /** The instant, `2025-04-16T09:30:00+07:00`. */
  readonly due: string
  readonly dueDate: LocalDate
  /** `pending`, and once the time has passed `overdue`, while there is no answer. */
  readonly verdict: 'met' | 'missed' | 'pending' | 'overdue'
}

/**
 * An online submission is answered (accepted, refused, or a supplement requested) within 8 working hours. Missing it
 * does not make the dossier late. Null where nothing was submitted online.
 *
 * Where only a day is known it is taken in the sender's or the office's favour: submitted at the end of its day,
 * answered in time on the due day.
 */
export function acceptanceClock(
  { calendar, hours, law }: Rulebook,
  events: readonly DossierMessage[],
  life: Life,
  asOf: Moment,
): AcceptanceClock | null {
  const { submitted } = life
  if (submitted === null || (submitted.channel ?? life.accepted?.channel) !== 'online') return null
  const { date, time } = submitted.occurredAt
  const from = { date, time: time ?? lastMillisecond }
  const within = { unit: 'working-hours', milliseconds: law.answerHours * 3_600_000 } as const
  const { due, dueDate } = dueOf(calendar, { from, within, hours })
  const dueTime = Date.parse(due) - Date.parse(`${dueDate}T00:00:00+07:00`)
  const answered = answerTo(events, life)
  const after = (moment: Moment, ifDayOnly: number): boolean =>
    moment.date > dueDate || (moment.date === dueDate && (moment.time ?? ifDayOnly) > dueTime)
  if (answered !== null) return { due, dueDate, verdict: after(answered.occurredAt, 0) ? 'missed' : 'met' }
  return { due, dueDate, verdict: after(asOf, lastMillisecond) ? 'overdue' : 'pending' }
}

/** A dossier that ended otherwise, withdrawn for one, waits for no answer any more. */
function answerTo(events: readonly DossierMessage[], life: Life): DossierMessage | null {
  const answers = ['Accepted', 'Refused', 'SupplementRequested']
  return events.find((event) => answers.includes(event.type) || event === life.end) ?? null
}
