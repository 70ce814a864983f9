import { describe, expect, it } from '@jest/globals'
import { isUuid, type JsonValue } from '#kernel'
import { taskWorkflow } from '../domain/task.workflow.js'
import { attempt, people } from '../domain/task.test-support.js'
import type { TaskState } from '../domain/task.state.js'
import { commandsOf, type ImportCommand, type ImportContext } from './commands-of.js'
import type { InterpretedTask } from './interpreted-plan.js'
import { interpret, section, task, type Cells } from './plan-row.test-support.js'

const context: ImportContext = {
  plan: { code: 'CCHC2025', number: null, date: '2025-07-15', year: 2025 },
  assigner: { agencyId: 'ubnd-tinh', name: 'UBND tỉnh' },
  today: '2026-01-31',
}
const note =
  'Đã hoàn thành (Kế hoạch số 5/KH-STP ngày 09/01/2025; Phiếu khảo sát; Báo cáo số 9/BC-STP ngày 01/7/2025)'

async function read(over: Cells = {}): Promise<InterpretedTask> {
  const first = task('5', { product: '- Kế hoạch\n- Phiếu khảo sát\n- Báo cáo', note, ...over })
  return (await interpret([section('II'), first])).tasks[0]!
}

const summary = (commands: readonly ImportCommand[]): string[] =>
  commands.map(({ transition, data, occurredAt }) => {
    const about =
      'document' in data
        ? `${data.deliverableId} ${data.document.number}`
        : 'deliverableIds' in data
          ? data.deliverableIds.join()
          : 'plan' in data
            ? data.plan.code
            : data.id
    return `${transition} ${about} ${occurredAt ?? 'when recorded'}`
  })

describe('commandsOf', () => {
  it('assigns, then issues each document, then completes, each at its own time', async () => {
    expect(summary(commandsOf(await read(), context))).toEqual([
      'Assign CCHC2025 2025-07-15T00:00:00+07:00',
      'Issue 1 5/KH-STP 2025-01-09T00:00:00+07:00',
      'Issue 3 9/BC-STP 2025-07-01T00:00:00+07:00',
      'Complete 1 2025-01-09T00:00:00+07:00',
      'Complete 2 2025-07-15T00:00:00+07:00',
      'Complete 3 2025-07-01T00:00:00+07:00',
    ])
  })

  it('is taken by the workflow as it stands', async () => {
    let state = taskWorkflow.initial
    for (const { transition, data } of commandsOf(await read(), context)) {
      const events = attempt(state, transition, JSON.parse(JSON.stringify(data)) as JsonValue, {
        by: people.clerk,
        now: '2026-01-31T02:00:00.000Z',
      })
      expect(events).toHaveLength(1)
      for (const event of events as readonly { type: string; data: object }[])
        state = taskWorkflow.evolve(state, event, {
          actor: people.clerk.id,
          agency: null,
          occurredAt: '2026-01-31T02:00:00.000Z',
          commandId: '0197a1b2-0000-7000-8000-000000000000',
        })
    }
    expect(state).toMatchObject({ status: 'completed', stt: '5', section: 'II' } satisfies Partial<TaskState>)
  })

  it('gives the same ids to the same file, wherever its rows stand and whoever reads it when', async () => {
    const ids = (commands: readonly ImportCommand[]): string[] => commands.map(({ commandId }) => commandId)
    const first = ids(commandsOf(await read(), context))
    const again = ids(
      commandsOf(await read({ note: note.normalize('NFD') }), { ...context, today: '2026-02-01' }),
    )
    expect(again).toEqual(first)
    expect(first.every(isUuid)).toBe(true)
    expect(new Set(first).size).toBe(first.length)
  })

  it('adds one command for a document that is new, also in the middle of the list', async () => {
    const before = new Set(commandsOf(await read(), context).map(({ commandId }) => commandId))
    const added = note.replace('; Phiếu', '; Kế hoạch số 6/KH-STP ngày 10/01/2025; Phiếu')
    const fresh = commandsOf(await read({ note: added }), context).filter(
      ({ commandId }) => !before.has(commandId),
    )
    expect(summary(fresh)).toEqual(['Issue 1 6/KH-STP 2025-01-10T00:00:00+07:00'])
  })

  it('adds to a task on record what it has not, and assigns nothing', async () => {
    const commands = commandsOf(await read({ note: '' }), context, 1)
    expect(summary(commands)).toEqual(['AddDeliverable 2 when recorded', 'AddDeliverable 3 when recorded'])
  })

  it('keeps documents apart that have no number yet', async () => {
    const open =
      'Đã ban hành (Kế hoạch số      /KH-STP ngày 09/01/2025; Kế hoạch số      /KH-STP ngày 10/01/2025)'
    const commands = commandsOf(await read({ product: 'Kế hoạch', note: open }), context)
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(commands.length)
    expect(commands.filter(({ transition }) => transition === 'Issue')).toHaveLength(2)
  })

  it('says of nothing that it happened in the future or on an unknown day', async () => {
    const commands = commandsOf(await read(), {
      ...context,
      plan: { ...context.plan, date: null },
      today: '2025-06-30',
    })
    expect(summary(commands)).toEqual([
      'Assign CCHC2025 when recorded',
      'Issue 1 5/KH-STP 2025-01-09T00:00:00+07:00',
      'Issue 3 9/BC-STP when recorded',
      'Complete 1 2025-01-09T00:00:00+07:00',
      'Complete 2 when recorded',
      'Complete 3 when recorded',
    ])
  })

  it('names the agencies one by one, with the ids the registry knows', async () => {
    const resolve = (name: string) =>
      name === 'Sở Tư pháp'
        ? ({ status: 'found', id: 'stp' } as const)
        : name.startsWith('Các')
          ? ({ status: 'collective', id: 'cac-so' } as const)
          : ({ status: 'unknown', id: null } as const)
    const cells = { lead: 'Sở Tư pháp; Sở X', coordinate: 'Các sở, ban, ngành' }
    const [assign] = commandsOf(await read(cells), { ...context, resolve })
    expect(assign!.data).toMatchObject({
      lead: [
        { agencyId: 'stp', name: 'Sở Tư pháp', collective: false },
        { agencyId: null, name: 'Sở X', collective: false },
      ],
      coordinate: [{ agencyId: 'cac-so', name: 'Các sở, ban, ngành', collective: true }],
      leadCell: 'Sở Tư pháp; Sở X',
    })
  })
})
