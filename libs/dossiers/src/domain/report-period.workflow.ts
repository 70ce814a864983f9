import { formatVietnameseDate } from '#calendar'
import { sourceDocumentOf } from '#documents/references'
import { party, workflow, type Workflow } from '#engine/workflow'
import { canonicalJson, refuse, tidyVietnamese, type Refusal } from '#kernel'
import { BeginWithPeriods, SetReportPeriod, type ReportPeriodCommands } from './report-period.commands.js'
import type { ReportPeriodEvent, ReportPeriodEvents } from './report-period.events.js'
import { cited, type SetPeriod } from './report-period.js'

/** The periods of the province stand together. */
export const provincialPeriods = 'province'

export interface ReportPeriodState {
  readonly status: 'absent' | 'kept'
  /** One a name, in the order of their names. */
  readonly periods: readonly SetPeriod[]
}

const system = party<ReportPeriodState>('system', { vi: 'hệ thống', en: 'the system' }, ({ roles }) =>
  roles.includes('system'),
)

/** Those who sum up the reports. */
const keeper = party<ReportPeriodState>(
  'period-keeper',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, Sở Nội vụ',
    en: 'clerk of the provincial office, Sở Nội vụ',
  },
  ({ roles }) => roles.some((role) => ['clerk', 'home-affairs'].includes(role)),
)

/** Periods of reports by name, as documents set them. What a period was before stays readable in the log. */
export const reportPeriodWorkflow: Workflow<ReportPeriodState> = workflow<
  ReportPeriodState,
  ReportPeriodCommands,
  ReportPeriodEvents
>({
  name: 'report-period',
  initial: { status: 'absent', periods: [] },
  statuses: { absent: { vi: 'chưa có', en: 'absent' }, kept: { vi: 'đang dùng', en: 'kept' } },
  transitions: {
    Begin: {
      text: { vi: 'Nạp các kỳ báo cáo của chương trình', en: 'Begin with the periods of the program' },
      input: BeginWithPeriods,
      from: ['absent'],
      by: [system],
      to: ['kept'],
      decide: ({ command: { periods } }) =>
        periods.map(reversed).find((refusal) => refusal !== null) ?? [
          { type: 'report-period.Begun', data: { periods: periods.map(whole) } },
        ],
    },
    SetPeriod: {
      text: { vi: 'Đặt kỳ báo cáo theo văn bản', en: 'Set a report period by a document' },
      input: SetReportPeriod,
      from: ['kept'],
      by: [keeper],
      to: ['kept'],
      decide: ({ command, state }) => reversed(command) ?? setPeriod(state, command),
    },
  },
  evolve: {
    'report-period.Begun': (state, { periods }) => periods.reduce(withPeriod, state),
    'report-period.Set': (state, { document, ...period }) =>
      withPeriod(state, { ...period, source: cited(document) }),
  },
})

function withPeriod({ periods }: ReportPeriodState, set: SetPeriod): ReportPeriodState {
  const all = [...periods.filter(({ name }) => name !== set.name), set]
  return { status: 'kept', periods: all.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** What is on record already says nothing new. */
function setPeriod(
  { periods }: ReportPeriodState,
  { document, ...set }: SetReportPeriod,
): readonly ReportPeriodEvent[] {
  const data = { ...whole(set), document: sourceDocumentOf(document) }
  const { document: source, ...period } = data
  const known = periods.find(({ name }) => name === set.name)
  const isKnown = canonicalJson(known ?? null) === canonicalJson({ ...period, source: cited(source) })
  return isKnown ? [] : [{ type: 'report-period.Set', data }]
}

function whole<Period extends { readonly dueBefore?: string | null; readonly audience?: string | null }>(
  period: Period,
): Period & Pick<SetPeriod, 'dueBefore' | 'audience'> {
  const { dueBefore = null, audience = null } = period
  return { ...period, dueBefore, audience: audience === null ? null : tidyVietnamese(audience) }
}

function reversed({ name, from, to }: Pick<SetPeriod, 'name' | 'from' | 'to'>): Refusal | null {
  if (from <= to) return null
  return refuse(
    'report-period-reversed',
    {
      vi: `Kỳ ${name}: ngày đầu ${formatVietnameseDate(from)} sau ngày cuối ${formatVietnameseDate(to)}. Đổi lại hai ngày.`,
      en: `Period ${name}: the first day ${from} is after the last day ${to}. Change them round.`,
    },
    { name, from, to },
  )
}
