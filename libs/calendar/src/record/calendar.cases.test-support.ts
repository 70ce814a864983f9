import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import type { CalendarEvents } from './calendar.events.js'
import { calendarWorkflow, type CalendarState } from './calendar.workflow.js'

const document = { document: 'Thông báo 1/TB-BNV', announcedOn: '2026-11-20' }
const source = { ...document, confidence: 'document' } as const
const holiday = {
  date: '2028-05-01',
  kind: 'holiday',
  name: 'Ngày Quốc tế lao động',
  pairedWith: null,
  source,
} as const

const announced = (status: 'provisional' | 'confirmed'): Happened => {
  const data: CalendarEvents['calendar.YearAnnounced'] = { year: 2028, status, source, days: [holiday] }
  return { type: 'calendar.YearAnnounced', data, by: 'clerk' }
}

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })
const people = {
  clerk: person('clerk'),
  homeAffairs: person('home-affairs'),
  operator: person('operator'),
  system: person('system'),
  officer: person('lead-officer'),
  head: person('head'),
  assigner: person('assigner'),
  inspectorate: person('inspectorate'),
  auditor: person('auditor'),
  connector: person('connector'),
}
const keepers = ['clerk', 'homeAffairs', 'operator', 'system'] as const

/** The walk of the table of calendars. */
export const calendarCases: WorkflowCases<CalendarState, keyof typeof people> = {
  workflow: calendarWorkflow,
  aggregate: 'vn',
  people,
  situations: { absent: [], provisional: [announced('provisional')], confirmed: [announced('confirmed')] },
  transitions: {
    AnnounceYear: {
      data: { year: 2029, status: 'provisional', days: [], ...document },
      by: keepers,
      answers: '✓ ✓ ✓',
    },
    ChangeDays: { data: { year: 2028, remove: ['2028-05-01'], ...document }, by: keepers, answers: '– ✓ ✓' },
    ConfirmYear: { data: { year: 2028, ...document }, by: keepers, answers: '– ✓ year-confirmed' },
  },
}
