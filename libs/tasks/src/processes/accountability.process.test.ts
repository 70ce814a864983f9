import { beforeEach, describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { accountabilityContext, accountabilityRuleSeedCommand } from '#accountability/record'
import { calendarContext, calendarSeedCommands, readCalendarSeed } from '#calendar/record'
import type { JsonValue } from '#kernel'
import { ProcessLab } from '#testing/workflow'
import { planWorkflow } from '../domain/plan.workflow.js'
import { assignment, deadline, people } from '../domain/task.test-support.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import { verdictOf } from '../domain/verdict.js'
import { importPlan } from '../import/import-plan.js'
import { taskAccountabilityProcess } from './accountability.process.js'

const task = 'CCHC2025-II-5'
const workflows = [
  planWorkflow,
  taskWorkflow,
  ...calendarContext.workflows,
  ...accountabilityContext.workflows,
]
const own = ['ExpectedLate', 'DutiesOpened', 'Reminded', 'Closed'].map((type) => `accountability.${type}`)

let lab: ProcessLab

const act = (transition: string, data: object, actor: (typeof people)[keyof typeof people] = people.clerk) =>
  lab.send({ workflow: 'task', aggregate: task, transition, data: data as JsonValue, actor })

/** What the system did: the day in Vietnam, what it is about, to whom or why. */
const did = async (): Promise<readonly string[]> =>
  (await lab.log({ types: own })).map(({ type, data, recordedAt }) => {
    const { deliverable, to, reason } = data as Record<string, string>
    const day = new Date(recordedAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
    const about = [day, type.slice('accountability.'.length), deliverable!.slice(task.length + 1), to, reason]
    return about.filter((part) => part !== undefined).join(' ')
  })

const last = async (): Promise<Record<string, unknown>> =>
  (await lab.log({ types: own })).at(-1)!.data as Record<string, unknown>

const opened = async (start: string): Promise<void> => {
  lab = new ProcessLab({ start, workflows, process: taskAccountabilityProcess })
  for (const command of [...calendarSeedCommands(readCalendarSeed()), accountabilityRuleSeedCommand()])
    await lab.send({ ...command, actor: people.system })
}

const given = (...due: readonly (string | null)[]) =>
  act('Assign', assignment({ deadlines: due.map((day) => deadline(day)) }))

const settled = async (): Promise<void> => {
  expect(await lab.pending()).toEqual([])
  expect(await lab.incidents(task)).toEqual([])
}

const explain = () => act('Explain', { deliverableId: '1', text: 'Chờ ý kiến của bộ' }, people.officer)
const accept = () => act('AcceptExplanation', { deliverableId: '1' }, people.head)
const issue = (date: string) =>
  act('Issue', {
    deliverableId: '1',
    document: { kind: 'Kế hoạch', number: '71/KH-UBND', date, issuer: 'UBND tỉnh' },
  })

beforeEach(() => opened('2025-03-03T02:00:00Z'))

describe('a deliverable whose due date passes', () => {
  it('is announced, its duties opened by name, reminded, escalated', async () => {
    await given('2025-03-17')
    await lab.until('2025-04-30T00:00:00Z')
    expect(await did()).toEqual([
      '2025-03-14 ExpectedLate 1',
      '2025-03-18 DutiesOpened 1',
      '2025-03-19 Reminded 1 owing',
      '2025-03-21 Reminded 1 owing',
      '2025-03-25 Reminded 1 head',
      '2025-04-01 Reminded 1 provincial-office',
    ])
    const [, open] = await lab.log({ types: own })
    const owedBy = 'Sở Tư pháp'
    expect(open!.stream).toBe('accountability-t::CCHC2025-II-5.1')
    expect(open!.data).toEqual({
      deliverable: 'CCHC2025-II-5.1',
      due: '2025-03-17',
      since: '2025-03-18',
      duties: [
        { duty: 'explanation', owedBy },
        { duty: 'acceptance', owedBy },
      ],
      rule: 'accountability/1',
    })
    await settled()
  })

  it('is reminded of what is still missing, and of nothing once an explanation is accepted', async () => {
    await given('2025-03-17')
    await lab.until('2025-03-20T02:00:00Z')
    await explain()
    await lab.until('2025-03-21T02:00:00Z')
    expect(await last()).toMatchObject({ duties: [{ duty: 'acceptance', owedBy: 'Sở Tư pháp' }] })
    await accept()
    await lab.until('2025-04-30T00:00:00Z')
    expect((await did()).slice(-2)).toEqual(['2025-03-21 Reminded 1 owing', '2025-03-21 Closed 1 fulfilled'])
    await settled()
  })

  it('is explained anew after a rejection, and is closed late as it is', async () => {
    await given('2025-03-17')
    await lab.until('2025-03-18T02:00:00Z')
    await explain()
    await act('RejectExplanation', { deliverableId: '1', reason: 'Chưa rõ trách nhiệm' }, people.head)
    await issue('2025-03-20')
    await lab.until('2025-03-19T02:00:00Z')
    expect(await last()).toMatchObject({ duties: [{ duty: 'explanation' }, { duty: 'acceptance' }] })
    await explain()
    await accept()
    await lab.work()
    expect((await did()).at(-1)).toBe('2025-03-19 Closed 1 fulfilled')
    await settled()
  })

  it('is not, where its document came in time: the announcement is taken back', async () => {
    await given('2025-03-17', '2025-03-31')
    await lab.until('2025-03-14T02:00:00Z')
    await issue('2025-03-14')
    await act('Complete', { deliverableIds: ['2'] })
    await lab.until('2025-04-30T00:00:00Z')
    expect(await did()).toEqual(['2025-03-14 ExpectedLate 1', '2025-03-14 Closed 1 not-expected'])
    await settled()
  })

  it('is owed no more once the due date was moved, or the task taken back; and again, reopened', async () => {
    await given('2025-03-17')
    await lab.until('2025-03-18T02:00:00Z')
    await act('RequestExtension', { deliverableId: '1', due: '2025-03-24', reason: 'Chờ bộ' })
    await act('GrantExtension', { deliverableId: '1', due: '2025-03-24' }, people.assigner)
    await lab.until('2025-03-25T02:00:00Z')
    await act('Withdraw', { reason: 'Trùng nhiệm vụ' })
    await lab.until('2025-03-26T02:00:00Z')
    await act('Reopen', { reason: 'Thu hồi nhầm' })
    await lab.until('2025-03-26T03:00:00Z')
    expect((await did()).slice(1)).toEqual([
      '2025-03-18 DutiesOpened 1',
      '2025-03-18 Closed 1 no-delay',
      '2025-03-21 ExpectedLate 1',
      '2025-03-25 DutiesOpened 1',
      '2025-03-25 Closed 1 no-delay',
      '2025-03-26 DutiesOpened 1',
    ])
    expect(await lab.incidents(task)).toEqual([])
  })

  it('is owed no more once it was taken out of the task', async () => {
    await given('2025-03-17', '2025-12-31')
    await lab.until('2025-03-18T02:00:00Z')
    const withdrawal = { deliverableId: '1', decision: '12/QĐ-UBND', reason: 'Không còn trong kế hoạch' }
    await act('WithdrawDeliverable', withdrawal)
    await lab.work()
    expect((await did()).slice(1)).toEqual(['2025-03-18 DutiesOpened 1', '2025-03-18 Closed 1 no-delay'])
  })

  it('keeps the version of the rule that its duties were opened by', async () => {
    await given('2025-03-17', '2025-03-18')
    await lab.until('2025-03-18T02:00:00Z')
    const document = { number: '31/QĐ-UBND', date: '2025-03-10', issuer: 'Chủ tịch UBND tỉnh Sơn La' }
    const reminders = [{ afterDays: 2, to: 'provincial-office' }]
    const data = { validFrom: '2025-03-18', expectedDaysBefore: 1, reminders, document }
    const set = { workflow: 'accountability-rule', aggregate: 'province', transition: 'SetVersion' }
    await lab.send({ ...set, data, actor: people.clerk })
    await lab.until('2025-03-25T02:00:00Z')
    expect((await did()).slice(2)).toEqual([
      '2025-03-18 DutiesOpened 1',
      '2025-03-19 Reminded 1 owing',
      '2025-03-19 DutiesOpened 2',
      '2025-03-21 Reminded 1 owing',
      '2025-03-21 Reminded 2 provincial-office',
      '2025-03-25 Reminded 1 head',
    ])
  })
})

describe('what was late before it was entered', () => {
  it('is opened a moment later, and not at all where it is accounted for by then', async () => {
    await opened('2025-06-02T02:00:00Z')
    await given('2025-01-31', '2025-02-28', '2025-12-31')
    await lab.work()
    lab.clock.advance(3_000)
    await issue('2025-02-14')
    await explain()
    await accept()
    await lab.work()
    expect(await did()).toEqual([])
    await lab.until('2025-06-02T02:01:00Z')
    expect(await did()).toEqual(['2025-06-02 DutiesOpened 2'])
    expect(await last()).toMatchObject({ due: '2025-02-28', since: '2025-03-01' })
  })

  it('is reminded of from the day on which it is opened, not of years ago', async () => {
    await given('2025-03-17')
    lab.clock.set('2026-11-30T02:00:00Z')
    await lab.until('2026-12-02T02:00:00Z')
    expect(await did()).toEqual(['2026-11-30 DutiesOpened 1', '2026-12-01 Reminded 1 owing'])
  })

  it.each(['phu-luc-2025.csv', 'phu-luc-2021-2025.csv'])(
    'of the real plan %s is opened for each deliverable that is late by its verdict',
    async (name) => {
      await opened('2025-10-01T02:00:00Z')
      const path = fileURLToPath(new URL(`../../../../seeds/${name}`, import.meta.url))
      const plan = { code: 'CCHC', issuer: 'UBND tỉnh', year: name.includes('2021') ? 2021 : 2025 }
      const { commands, store, clock } = lab
      const dependencies = {
        commands,
        store,
        clock,
        actor: people.clerk,
        resolve: () => ({ status: 'unknown', id: null }) as const,
      }
      await importPlan({ name, path }, plan, { ...dependencies, tasksOf: () => Promise.resolve([]) })
      await lab.until('2025-10-01T02:01:00Z')
      const tasks = new Set((await lab.log({ streamPrefix: 'task-' })).map(({ stream }) => stream.slice(5)))
      const late: string[] = []
      for (const code of tasks) {
        const { state } = await commands.load(taskWorkflow, code)
        for (const one of state.deliverables) {
          const { verdict, overdueDays, due } = verdictOf(one, '2025-10-01', 'extended')
          if (verdict === 'late' || overdueDays !== null) late.push(`${code}.${one.id} ${due}`)
        }
        expect(await lab.incidents(code)).toEqual([])
      }
      const events = await lab.log({ types: ['accountability.DutiesOpened'] })
      const named = events.map(({ data }) => {
        const { deliverable, due } = data as Record<string, string>
        return `${deliverable} ${due}`
      })
      expect(named.toSorted()).toEqual(late.toSorted())
      expect(named.length).toBeGreaterThan(0)
    },
    60_000,
  )
})

it('a due date beyond the calendar is announced once the calendar knows its year', async () => {
  await given('2030-12-31')
  await lab.work()
  expect((await lab.pending()).map(({ at }) => at)).toEqual(['2030-11-29T17:00:00.000Z'])
  const document = { document: 'Thông báo 1/TB-BNV', announcedOn: '2027-11-20' }
  for (const year of [2028, 2029, 2030])
    await lab.send({
      workflow: 'calendar',
      aggregate: 'vn',
      transition: 'AnnounceYear',
      data: { year, status: 'confirmed', days: [], ...document },
      actor: people.clerk,
    })
  await lab.until('2031-01-01T02:00:00Z')
  expect(await did()).toEqual(['2030-12-30 ExpectedLate 1', '2031-01-01 DutiesOpened 1'])
})
