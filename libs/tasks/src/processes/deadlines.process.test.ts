import { beforeEach, describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import type { JsonValue } from '#kernel'
import { ProcessLab } from '#testing/workflow'
import { planWorkflow } from '../domain/plan.workflow.js'
import { assignment, deadline, people } from '../domain/task.test-support.js'
import type { TaskState } from '../domain/task.state.js'
import { taskWorkflow } from '../domain/task.workflow.js'
import { verdictOf } from '../domain/verdict.js'
import { importPlan } from '../import/import-plan.js'
import { deadlinesProcess } from './deadlines.process.js'

const task = 'CCHC2025-II-5'

let lab: ProcessLab

const act = (transition: string, data: object, actor: (typeof people)[keyof typeof people] = people.clerk) =>
  lab.send({ workflow: 'task', aggregate: task, transition, data: data as JsonValue, actor })

/** What was raised: day in Vietnam, deliverable, the due date used and which it is. */
const raised = async (): Promise<readonly string[]> =>
  (await lab.log({ types: ['task.Overdue'] })).map(({ data, recordedAt }) => {
    const { deliverableId, due, basis } = data as Record<string, string>
    const at = new Date(recordedAt.getTime() + 7 * 3_600_000).toISOString()
    return `${at.slice(0, 16)} ${deliverableId} ${due} ${basis}`
  })

const opened = (start: string): void => {
  lab = new ProcessLab({ start, workflows: [planWorkflow, taskWorkflow], process: deadlinesProcess })
}

beforeEach(() => opened('2025-01-10T02:00:00Z'))

const given = (...due: readonly (string | null)[]) =>
  act('Assign', assignment({ deadlines: due.map((day) => deadline(day)) }))

const settled = async (): Promise<void> => {
  expect(await lab.pending()).toEqual([])
  expect(await lab.incidents(task)).toEqual([])
}

describe('a deliverable whose due date passes', () => {
  it('is raised once, at the start of the next day in Vietnam, with the due date used', async () => {
    await given('2025-01-31', null, '2025-03-31', '2025-01-31')
    await lab.until('2025-01-31T16:59:59Z')
    expect(await raised()).toEqual([])
    await lab.until('2026-01-01T00:00:00Z')
    expect(await raised()).toEqual([
      '2025-02-01T00:00 1 2025-01-31 original',
      '2025-02-01T00:00 4 2025-01-31 original',
      '2025-04-01T00:00 3 2025-03-31 original',
    ])
    await settled()
  })

  it('is not, where its document was issued before; what is left of the task goes on', async () => {
    await given('2025-01-31', '2025-03-31')
    await lab.until('2025-01-20T00:00:00Z')
    const document = { kind: 'Kế hoạch', number: '71/KH-UBND', date: '2025-01-20', issuer: 'UBND tỉnh' }
    await act('Issue', { deliverableId: '1', document })
    await lab.work()
    expect((await lab.pending()).map(({ at }) => at)).toEqual(['2025-03-31T17:00:00.000Z'])
    await act('Complete', { deliverableIds: ['2'] })
    await lab.work()
    await settled()
    await lab.until('2026-01-01T00:00:00Z')
    expect(await raised()).toEqual([])
  })

  it('that an extension moves is raised by the extended date, and again where that passes', async () => {
    await given('2025-01-31')
    await lab.until('2025-01-20T00:00:00Z')
    const ask = (due: string) => act('RequestExtension', { deliverableId: '1', due, reason: 'Chờ bộ' })
    const grant = (due: string) => act('GrantExtension', { deliverableId: '1', due }, people.assigner)
    await ask('2025-02-28')
    await grant('2025-02-28')
    await lab.until('2025-03-10T00:00:00Z')
    expect(await raised()).toEqual(['2025-03-01T00:00 1 2025-02-28 extended'])
    await ask('2025-04-30')
    await grant('2025-04-30')
    await lab.until('2026-01-01T00:00:00Z')
    expect((await raised()).slice(1)).toEqual(['2025-05-01T00:00 1 2025-04-30 extended'])
    await settled()
  })

  it('of a deliverable that was added later is raised like the others', async () => {
    await given('2025-12-31')
    await lab.work()
    await act('AddDeliverable', { product: 'Báo cáo', deadline: deadline('2025-01-31') })
    await lab.until('2025-03-01T00:00:00Z')
    expect(await raised()).toEqual(['2025-02-01T00:00 2 2025-01-31 original'])
  })

  it('of a deliverable that was taken out is not', async () => {
    await given('2025-01-31')
    await act('AddDeliverable', { product: 'Báo cáo', deadline: deadline('2025-01-20') })
    await lab.work()
    const command = { deliverableId: '2', decision: '12/QĐ-UBND', reason: 'Không còn trong kế hoạch' }
    await act('WithdrawDeliverable', command)
    await lab.until('2025-03-01T00:00:00Z')
    expect(await raised()).toEqual(['2025-02-01T00:00 1 2025-01-31 original'])
  })

  it('of a task that was taken back is not; reopened, it is', async () => {
    await given('2025-01-31')
    await lab.work()
    await act('Withdraw', { reason: 'Trùng nhiệm vụ' })
    await lab.work()
    await settled()
    await lab.until('2025-03-01T00:00:00Z')
    expect(await raised()).toEqual([])
    await act('Reopen', { reason: 'Thu hồi nhầm' })
    await lab.until('2025-03-02T00:00:00Z')
    expect(await raised()).toEqual(['2025-03-01T07:00 1 2025-01-31 original'])
  })

  it('is not raised where the document came between the fire and the process', async () => {
    await given('2025-01-31')
    await lab.work()
    lab.clock.set('2025-01-31T17:00:00Z')
    await lab.fire((await lab.pending())[0]!)
    await act('Complete', { deliverableIds: ['1'] })
    await lab.work()
    expect(await raised()).toEqual([])
    await settled()
  })

  it('is raised by the clock of the timers, though that of the machine is behind', async () => {
    await given('2025-01-31')
    await lab.until('2025-01-31T17:00:00Z')
    expect(await raised()).toEqual(['2025-02-01T00:00 1 2025-01-31 original'])
    opened('2025-01-10T02:00:00Z')
    await given('2025-01-31')
    await lab.work()
    // The command is decided before midnight by this machine's clock; the timer has fired after it by its own.
    const [timer] = await lab.pending()
    lab.clock.set('2025-01-31T17:00:00Z')
    await lab.fire(timer!)
    lab.clock.set('2025-01-31T16:50:00Z')
    await lab.work()
    expect((await raised()).map((line) => line.slice(17))).toEqual(['1 2025-01-31 original'])
    await settled()
  })
})

describe('what was overdue before it was entered', () => {
  it('is raised a moment later, and not at all where its document is entered by then', async () => {
    opened('2025-06-02T02:00:00Z')
    await given('2025-01-31', '2025-02-28', '2025-12-31')
    await lab.work()
    lab.clock.advance(3_000)
    const document = { kind: 'Kế hoạch', number: '71/KH-UBND', date: '2025-03-14', issuer: 'UBND tỉnh' }
    await act('Issue', { deliverableId: '1', document })
    await lab.work()
    expect((await lab.pending()).map(({ at }) => at)).toEqual(['2025-06-02T02:00:10.000Z'])
    await lab.until('2025-06-03T02:00:00Z')
    expect(await raised()).toEqual(['2025-06-02T09:00 2 2025-02-28 original'])
    expect((await lab.pending()).map(({ at }) => at)).toEqual(['2025-12-31T17:00:00.000Z'])
  })

  it.each(['phu-luc-2025.csv', 'phu-luc-2021-2025.csv'])(
    'of the real plan %s is raised once for each deliverable that is overdue by its verdict',
    async (name) => {
      opened('2025-10-01T02:00:00Z')
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
      const overdue: string[] = []
      for (const code of tasks) {
        const { state } = await commands.load(taskWorkflow, code)
        overdue.push(...overdueOf(code, state, '2025-10-01'))
      }
      const events = await lab.log({ types: ['task.Overdue'] })
      const named = events.map(({ stream, data }) => {
        const { deliverableId, due } = data as Record<string, string>
        return `${stream.slice(5)}.${deliverableId} ${due}`
      })
      expect(named.toSorted()).toEqual(overdue.toSorted())
      expect(named.length).toBeGreaterThan(0)
      for (const code of tasks) expect(await lab.incidents(code)).toEqual([])
    },
    60_000,
  )
})

function overdueOf(code: string, { deliverables }: TaskState, asOf: string): string[] {
  return deliverables.flatMap((one) => {
    const { due, overdueDays } = verdictOf(one, asOf, 'extended')
    return overdueDays === null ? [] : [`${code}.${one.id} ${due}`]
  })
}
