import { party, workflow, type Workflow } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import {
  CloseDuties,
  ExpectLate,
  OpenDuties,
  RemindOfDuties,
  type AccountabilityCommands,
} from './accountability.commands.js'
import type {
  AccountabilityEvent,
  AccountabilityEvents,
  ClosingReason,
  DutiesReminded,
  ExpectedLate,
} from './accountability.events.js'
import type { OwedDuty } from './duty.js'

export interface AccountabilityState {
  readonly status: 'none' | 'expected' | 'open' | 'closed'
  /** Of a dossier; null of a deliverable, as is the next. */
  readonly source: string | null
  readonly dossier: string | null
  /** Of a task; null of a dossier. */
  readonly deliverable: string | null
  /** The due date that it is about; null at first. */
  readonly due: LocalDate | null
  /** The first late day; null where it is not late. */
  readonly since: LocalDate | null
  /** Version of the rule that it was announced by or that reminders follow; null where none was named. */
  readonly rule: string | null
  /** As last told. */
  readonly duties: readonly OwedDuty[]
  /** The last reminder since the duties were opened. */
  readonly reminded: Pick<DutiesReminded, 'to' | 'afterDays'> | null
  readonly closed: ClosingReason | null
}

type Matter = Pick<AccountabilityState, 'source' | 'dossier' | 'deliverable'>

const none: AccountabilityState = {
  status: 'none',
  source: null,
  dossier: null,
  deliverable: null,
  due: null,
  since: null,
  rule: null,
  duties: [],
  reminded: null,
  closed: null,
}

const system = party<AccountabilityState>('system', { vi: 'hệ thống', en: 'the system' }, ({ roles }) =>
  roles.includes('system'),
)

const one = <Type extends keyof AccountabilityEvents>(
  type: Type,
  data: AccountabilityEvents[Type],
): AccountabilityEvent[] => [{ type, data } as AccountabilityEvent]

const named = (duties: readonly OwedDuty[]): readonly OwedDuty[] =>
  duties.map(({ duty, owedBy }) => ({ duty, owedBy: (owedBy as string | null | undefined) ?? null }))

/** Codes alone: an event says more than what it is about. */
const matterOf = ({ source = null, dossier = null, deliverable = null }: Partial<Matter>): Matter => ({
  source,
  dossier,
  deliverable,
})

/** Expectations were announced without naming the version of the rule. */
function withoutRule(announced: Omit<ExpectedLate, 'rule'>): ExpectedLate {
  return { ...announced, rule: null }
}

/**
 * What the system does about a dossier or a deliverable that will be or is late (giải trình trách nhiệm và xin lỗi): it
 * announces, opens the duties by name, reminds, escalates, closes. What is done about them are facts of the dossier or
 * task itself.
 */
export const accountabilityWorkflow: Workflow<AccountabilityState> = workflow<
  AccountabilityState,
  AccountabilityCommands,
  AccountabilityEvents
>({
  name: 'accountability',
  initial: none,
  statuses: {
    none: { vi: 'chưa có', en: 'none' },
    expected: { vi: 'dự kiến chậm', en: 'expected late' },
    open: { vi: 'đang theo dõi trách nhiệm', en: 'duties open' },
    closed: { vi: 'đã kết thúc theo dõi', en: 'closed' },
  },
  transitions: {
    Expect: {
      text: { vi: 'Báo dự kiến chậm', en: 'Announce as expected late' },
      input: ExpectLate,
      from: ['none', 'expected', 'closed'],
      by: [system],
      to: ['expected'],
      decide: ({ command: { unit = null, rule = null, ...of }, state: { status, due } }) =>
        status === 'expected' && due === of.due
          ? []
          : one('accountability.ExpectedLate', { ...of, unit, rule }),
    },
    Open: {
      text: { vi: 'Giao trách nhiệm giải trình, xin lỗi', en: 'Open the duties' },
      input: OpenDuties,
      from: ['none', 'expected', 'closed'],
      by: [system],
      to: ['open'],
      decide: ({ command: { duties, ...of } }) =>
        one('accountability.DutiesOpened', { ...of, duties: named(duties) }),
    },
    Remind: {
      text: { vi: 'Nhắc việc, báo cáo cấp trên', en: 'Remind and escalate' },
      input: RemindOfDuties,
      from: ['open'],
      by: [system],
      to: ['open'],
      decide: ({ command: { duties, ...of } }) =>
        one('accountability.Reminded', { ...of, duties: named(duties) }),
    },
    Close: {
      text: { vi: 'Kết thúc theo dõi trách nhiệm', en: 'Close the duties' },
      input: CloseDuties,
      from: ['expected', 'open'],
      by: [system],
      to: ['closed'],
      decide: ({ command }) => one('accountability.Closed', command),
    },
  },
  foldVersion: 2,
  upcast: { 'accountability.ExpectedLate': [withoutRule] },
  evolve: {
    'accountability.ExpectedLate': (_state, { due, rule, ...of }) => ({
      ...none,
      ...matterOf(of),
      status: 'expected',
      due,
      rule,
    }),
    'accountability.DutiesOpened': (_state, { due, since, rule, duties, ...of }) => ({
      ...none,
      ...matterOf(of),
      status: 'open',
      due,
      since,
      rule,
      duties,
    }),
    'accountability.Reminded': (state, { duties, to, afterDays }) => ({
      ...state,
      duties,
      reminded: { to, afterDays },
    }),
    'accountability.Closed': (state, { reason }) => ({
      ...state,
      status: 'closed',
      duties: reason === 'fulfilled' ? [] : state.duties,
      closed: reason,
    }),
  },
})
