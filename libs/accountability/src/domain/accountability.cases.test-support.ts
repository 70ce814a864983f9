import type { Happened, WorkflowCases } from '#testing/workflow'
import type { AccountabilityEvents } from './accountability.events.js'
import { accountabilityWorkflow, type AccountabilityState } from './accountability.workflow.js'
import { people } from './people.test-support.js'

const of = { source: 'mcdt', dossier: 'H52-1', due: '2025-03-17' }
const duties = [
  { duty: 'explanation', owedBy: 'Sở NN&MT' },
  { duty: 'delivery', owedBy: null },
] as const

const event = <Type extends keyof AccountabilityEvents>(
  type: Type,
  data: AccountabilityEvents[Type],
): Happened => ({ type, data: data as object, by: 'system' })

const expected = event('accountability.ExpectedLate', {
  ...of,
  unit: 'Sở NN&MT',
  rule: 'accountability/1',
})
const opened = event('accountability.DutiesOpened', {
  ...of,
  since: '2025-03-18',
  duties,
  rule: 'accountability/1',
})

/** The walk of the table of accountability. */
export const accountabilityCases: WorkflowCases<AccountabilityState, keyof typeof people> = {
  workflow: accountabilityWorkflow,
  aggregate: 'mcdt:H52-1',
  people,
  situations: {
    none: [],
    expected: [expected],
    open: [expected, opened],
    closed: [opened, event('accountability.Closed', { ...of, reason: 'fulfilled' })],
  },
  transitions: {
    Expect: {
      data: { ...of, due: '2025-03-19', unit: 'Sở NN&MT', rule: 'accountability/2' },
      by: ['system'],
      answers: '✓ ✓ – ✓',
    },
    Open: {
      data: { ...of, since: '2025-03-18', duties, rule: 'accountability/1' },
      by: ['system'],
      answers: '✓ ✓ – ✓',
    },
    Remind: { data: { ...of, duties, to: 'head', afterDays: 5 }, by: ['system'], answers: '– – ✓ –' },
    Close: { data: { ...of, reason: 'no-delay' }, by: ['system'], answers: '– ✓ ✓ –' },
  },
}
