import type { BusinessCalendar, LocalDate } from '#calendar'
import type { DossierMessageType } from '../domain/dossier.message.js'
import { chanceOf, type Chance } from './chance.js'
import {
  simulatedAgencies,
  simulatedChannels,
  simulatedLives,
  simulatedProcedures,
  type SimulatedLife,
} from './simulated-office.js'

/** Says openly that nothing of it has happened. */
export const simulatedSource = 'mo-phong'

const office = 'Văn phòng UBND tỉnh'

/** Of the online ones, how many wait for an answer longer than the eight working hours. */
const slowAnswers = 0.04

interface Line {
  readonly type: DossierMessageType
  readonly day: LocalDate
  /** Minutes since midnight. */
  readonly minute: number
  /** When the one-stop system had it; left out: at once. */
  readonly recordedOn?: LocalDate
  readonly members?: object
}

/** The lines of one dossier that came in on a working day, in the order in which they happened. */
export function simulatedDossier(
  calendar: BusinessCalendar,
  { seed, index, day }: { readonly seed: number; readonly index: number; readonly day: LocalDate },
): readonly string[] {
  const chance = chanceOf(seed, index)
  const dossier = `MP-${day.slice(0, 4)}-${seed}-${String(index).padStart(7, '0')}`
  const [procedure, agency] = [chance.oneOf(simulatedProcedures), chance.oneOf(simulatedAgencies)]
  const channel = chance.oneOf(simulatedChannels)
  const life = chance.oneOf(simulatedLives)
  const isAnsweredLate = channel === 'online' && chance.share() < slowAnswers
  const accepted = isAnsweredLate ? calendar.addWorkingDays(day, 2) : day
  const due = procedure.due(calendar, accepted)
  const begin: Line[] = [
    { type: 'Submitted', day, minute: morning(chance), members: { channel } },
    { type: 'Accepted', day: accepted, minute: afternoon(chance), members: { data: { appointment: due } } },
  ]
  const lines =
    life === 'refused'
      ? [begin[0]!, refused(accepted, begin[1]!.minute)]
      : [...begin, ...rest(calendar, chance, life, { accepted, due, agency })]
  return lines.map(({ type, day: on, minute, recordedOn, members }, place) =>
    JSON.stringify({
      source: simulatedSource,
      id: `${dossier}/${place + 1}`,
      dossier,
      type,
      occurredAt: instant(on, minute),
      recordedAt: instant(recordedOn ?? on, minute),
      ...(place < 2 && { procedure: procedure.code }),
      agency: place < 2 ? office : agency,
      ...members,
    }),
  )
}

interface Course {
  readonly accepted: LocalDate
  readonly due: LocalDate
  readonly agency: string
}

function rest(calendar: BusinessCalendar, chance: Chance, life: SimulatedLife, course: Course): Line[] {
  const { accepted, due } = course
  const before = (days: number): LocalDate => calendar.addWorkingDays(due, -days)
  const after = (days: number): LocalDate => calendar.addWorkingDays(due, days)
  switch (life) {
    case 'early':
      return resolved(calendar, chance, before(chance.whole(1, 5)))
    case 'on-time':
      return resolved(calendar, chance, due)
    case 'supplemented': {
      const asked = calendar.addWorkingDays(accepted, chance.whole(1, 3))
      const given = calendar.addWorkingDays(asked, chance.whole(1, 4))
      return [
        {
          type: 'SupplementRequested',
          day: asked,
          minute: morning(chance),
          members: because('Thiếu bản sao.'),
        },
        { type: 'Supplemented', day: given, minute: morning(chance) },
        ...resolved(calendar, chance, calendar.addWorkingDays(given, chance.whole(1, 4))),
      ]
    }
    case 'late-by-synchronisation':
      return resolved(calendar, chance, due, after(chance.whole(1, 6)))
    case 'reappointed': {
      const end = after(chance.whole(1, 5))
      return [
        apology(before(1), end, course),
        { type: 'ApologyDelivered', day: due, minute: afternoon(chance), members: because('Tin nhắn.') },
        ...resolved(calendar, chance, end),
        ...explained(calendar, chance, end, course),
      ]
    }
    case 'late-accounted': {
      const end = after(chance.whole(2, 8))
      return [
        apology(after(1), end, course),
        ...resolved(calendar, chance, end),
        {
          type: 'ApologyDelivered',
          day: after(9),
          minute: afternoon(chance),
          members: because('Bưu chính.'),
        },
        ...explained(calendar, chance, after(9), course),
      ]
    }
    case 'late-unaccounted':
      return resolved(calendar, chance, after(chance.whole(1, 15)))
    case 'withdrawn':
      return [{ type: 'Withdrawn', day: before(1), minute: morning(chance), members: because('Rút hồ sơ.') }]
    case 'stopped':
      return [
        { type: 'Stopped', day: before(1), minute: morning(chance), members: because('Không đủ điều kiện.') },
      ]
    default:
      return []
  }
}

function resolved(
  calendar: BusinessCalendar,
  chance: Chance,
  day: LocalDate,
  recordedOn: LocalDate = day,
): Line[] {
  const returned = calendar.addWorkingDays(recordedOn, 1)
  return [
    { type: 'Resolved', day, minute: afternoon(chance), recordedOn },
    { type: 'ResultReturned', day: returned, minute: morning(chance) },
  ]
}

function explained(calendar: BusinessCalendar, chance: Chance, day: LocalDate, { agency }: Course): Line[] {
  const [told, taken] = [calendar.addWorkingDays(day, 2), calendar.addWorkingDays(day, 4)]
  return [
    { type: 'Explained', day: told, minute: morning(chance), members: by(agency, 'Chuyên viên') },
    { type: 'ExplanationAccepted', day: taken, minute: morning(chance), members: by(agency, 'Giám đốc') },
  ]
}

function apology(day: LocalDate, newDate: LocalDate, { agency }: Course): Line {
  const signer = { agency, position: 'Giám đốc', name: 'Người ký mô phỏng' }
  const data = { newDate, signer, reason: 'Mô phỏng: cần xác minh thêm.' }
  return { type: 'ApologyIssued', day, minute: 16 * 60, members: { data } }
}

function refused(day: LocalDate, minute: number): Line {
  return { type: 'Refused', day, minute, members: because('Hồ sơ không thuộc thẩm quyền.') }
}

function because(reason: string): object {
  return { data: { reason: `Mô phỏng: ${reason}` } }
}

function by(agency: string, position: string): object {
  return {
    data: {
      by: { agency, position, name: 'Người mô phỏng' },
      reason: 'Mô phỏng: giải trình chậm trả kết quả.',
    },
  }
}

/** Within 07:30–11:30 and 13:30–17:00. */
function morning(chance: Chance): number {
  return chance.whole(7 * 60 + 30, 11 * 60 + 29)
}

function afternoon(chance: Chance): number {
  return chance.whole(13 * 60 + 30, 16 * 60 + 59)
}

function instant(day: LocalDate, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00+07:00`
}
