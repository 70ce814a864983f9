import { party, workflow, type Input } from '#engine/workflow'
import type { Refusal } from '#kernel'
import type { CalendarYear } from '../domain/calendar-year.js'
import { AnnounceYear, ChangeDays, ConfirmYear, type CalendarCommands } from './calendar.commands.js'
import { announceYear, changeDays, confirmYear } from './calendar.decisions.js'
import type { CalendarEvent, CalendarEvents } from './calendar.events.js'
import { evolveYears } from './calendar-fold.js'

export interface CalendarState {
  readonly status: 'absent' | 'kept'
  /** Of the version; 0 before the first event. */
  readonly number: number
  readonly years: readonly CalendarYear[]
}

const keeper = party<CalendarState>(
  'calendar-keeper',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, Sở Nội vụ, người vận hành hệ thống',
    en: 'clerk of the provincial office, Sở Nội vụ, operator',
  },
  ({ roles }) => roles.some((role) => ['clerk', 'home-affairs', 'operator', 'system'].includes(role)),
)

function evolve({ number, years }: CalendarState, event: CalendarEvent): CalendarState {
  return { status: 'kept', number: number + 1, years: evolveYears(years, event) }
}

function row<Command>(
  text: { readonly vi: string; readonly en: string },
  input: Input<Command>,
  from: readonly CalendarState['status'][],
  decide: (years: readonly CalendarYear[], command: Command) => readonly CalendarEvent[] | Refusal,
) {
  return {
    text,
    input,
    from,
    by: [keeper],
    to: ['kept'] as const,
    decide: ({ state, command }: { readonly state: CalendarState; readonly command: Command }) =>
      decide(state.years, command),
  }
}

/**
 * The business calendar on record: a stream `calendar-<name>`, one version an event. What a version said stays
 * readable for as long as the log does.
 */
export const calendarWorkflow = workflow<CalendarState, CalendarCommands, CalendarEvents>({
  name: 'calendar',
  initial: { status: 'absent', number: 0, years: [] },
  statuses: {
    absent: { vi: 'chưa có', en: 'absent' },
    kept: { vi: 'đang dùng', en: 'kept' },
  },
  transitions: {
    AnnounceYear: row(
      { vi: 'Ghi lịch nghỉ của một năm', en: 'Announce a year' },
      AnnounceYear,
      ['absent', 'kept'],
      announceYear,
    ),
    ChangeDays: row({ vi: 'Thay đổi ngày nghỉ', en: 'Change days' }, ChangeDays, ['kept'], changeDays),
    ConfirmYear: row(
      { vi: 'Xác nhận lịch chính thức của năm', en: 'Confirm a year' },
      ConfirmYear,
      ['kept'],
      confirmYear,
    ),
  },
  evolve: {
    'calendar.YearAnnounced': (state, data) => evolve(state, { type: 'calendar.YearAnnounced', data }),
    'calendar.DaysChanged': (state, data) => evolve(state, { type: 'calendar.DaysChanged', data }),
    'calendar.YearConfirmed': (state, data) => evolve(state, { type: 'calendar.YearConfirmed', data }),
  },
})
