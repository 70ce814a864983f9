import { party, workflow, type Workflow } from '#engine/workflow'
import { canonicalJson, refuse, type Refusal } from '#kernel'
import { BeginWith, SetRule, type AccountabilityRuleCommands } from './accountability-rule.commands.js'
import type { AccountabilityRuleEvent, AccountabilityRuleEvents } from './accountability-rule.events.js'
import { ruleVersion, type AccountabilityRule, type AccountabilityTimes } from './accountability-rule.js'
import { sourceDocumentOf } from '#documents/references'

/** There is one rule for the province. */
export const provincialRule = 'province'

export interface AccountabilityRuleState {
  readonly status: 'absent' | 'kept'
  /** In order of recording. */
  readonly versions: readonly AccountabilityRule[]
}

const system = party<AccountabilityRuleState>('system', { vi: 'hệ thống', en: 'the system' }, ({ roles }) =>
  roles.includes('system'),
)

/** Those who answer for the province's discipline; an operator runs the system and sets no rule of it. */
const keeper = party<AccountabilityRuleState>(
  'rule-keeper',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, Sở Nội vụ',
    en: 'clerk of the provincial office, Sở Nội vụ',
  },
  ({ roles }) => roles.some((role) => ['clerk', 'home-affairs'].includes(role)),
)

/**
 * When late dossiers are announced and who is reminded of what they owe: rule data, version by version. What pinned a
 * version keeps it.
 */
export const accountabilityRuleWorkflow: Workflow<AccountabilityRuleState> = workflow<
  AccountabilityRuleState,
  AccountabilityRuleCommands,
  AccountabilityRuleEvents
>({
  name: 'accountability-rule',
  initial: { status: 'absent', versions: [] },
  statuses: { absent: { vi: 'chưa có', en: 'absent' }, kept: { vi: 'đang dùng', en: 'kept' } },
  transitions: {
    Begin: {
      text: { vi: 'Nạp mức mặc định của chương trình', en: 'Begin with the defaults of the program' },
      input: BeginWith,
      from: ['absent'],
      by: [system],
      to: ['kept'],
      decide: ({ command }) => disordered(command) ?? [{ type: 'accountability-rule.Begun', data: command }],
    },
    SetVersion: {
      text: {
        vi: 'Đặt thời điểm báo trước, nhắc việc, báo cáo cấp trên theo văn bản',
        en: 'Set when is announced, reminded and escalated, by a document',
      },
      input: SetRule,
      from: ['kept'],
      by: [keeper],
      to: ['kept'],
      decide: ({ command, state }) => disordered(command) ?? setVersion(state, command),
    },
  },
  evolve: {
    'accountability-rule.Begun': (state, times) =>
      withVersion(state, { ...times, validFrom: null, document: null }),
    'accountability-rule.VersionSet': withVersion,
  },
})

function withVersion(
  { versions }: AccountabilityRuleState,
  set: Omit<AccountabilityRule, 'version'>,
): AccountabilityRuleState {
  const version = ruleVersion(versions.length + 1)
  return { status: 'kept', versions: [...versions, { version, ...set }] }
}

/** What is on record already says nothing new. */
function setVersion(
  { versions }: AccountabilityRuleState,
  { document, ...set }: SetRule,
): readonly AccountabilityRuleEvent[] {
  const data = { ...set, document: sourceDocumentOf(document) }
  const known = versions.findLast(({ validFrom }) => validFrom === data.validFrom)
  const isKnown = known !== undefined && canonicalJson(known) === canonicalJson({ ...known, ...data })
  return isKnown ? [] : [{ type: 'accountability-rule.VersionSet', data }]
}

function disordered({ reminders }: AccountabilityTimes): Refusal | null {
  const at = reminders.findIndex(
    ({ afterDays }, index) => afterDays <= (reminders[index - 1]?.afterDays ?? 0),
  )
  if (at === -1) return null
  const { afterDays } = reminders[at]!
  return refuse(
    'reminders-disordered',
    {
      vi: `Lần nhắc sau ${afterDays} ngày làm việc phải sau lần nhắc trước nó. Xếp các lần nhắc theo số ngày tăng dần, mỗi ngày một lần.`,
      en: `The reminder after ${afterDays} working days has to come after the one before it. Give reminders by rising days, one a day.`,
    },
    { afterDays },
  )
}
