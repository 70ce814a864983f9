import { describe, expect, it } from '@jest/globals'
import { accountabilityWorkflow } from '#accountability/record'
import { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { people } from '../../domain/dossier.cases.test-support.js'
import { findDuties, type Duties } from './find-duties.query.js'

const about = { source: 'mcdt', dossier: 'H52-1', due: '2026-05-04' }
const duties = [{ duty: 'explanation', owedBy: 'Sở NN&MT' }]
const row = { key: 'mcdt:H52-1', source: 'mcdt', code: 'H52-1', due: about.due, ended: null, duties }

async function asked(params: object, actor: Actor, reminded: readonly (readonly [string, number])[] = []) {
  const store = new InMemoryEventStore()
  const commands = new CommandHandler({ store, clock: systemClock, workflows: [accountabilityWorkflow] })
  const act = (transition: string, data: object) =>
    commands.handleOrThrow({
      id: newId(),
      workflow: 'accountability',
      aggregate: row.key,
      transition,
      data: { ...about, ...data } as JsonValue,
      actor: people.system,
    })
  const open = () => act('Open', { since: '2026-05-05', duties, rule: 'accountability/1' })
  await open()
  await act('Remind', { to: 'head', afterDays: 5, duties })
  await act('Close', { reason: 'fulfilled' })
  await open()
  for (const [to, afterDays] of reminded) await act('Remind', { to, afterDays, duties })
  const sent: unknown[][] = []
  const query = (_text: string, values: unknown[]) => {
    sent.push(values)
    const rows = [
      { ...row, since: '2026-05-05' },
      { ...row, key: 'mcdt:H52-2', code: 'H52-2', since: '2026-05-06' },
    ]
    return Promise.resolve({ rows })
  }
  const asking = { params, actor, database: { query }, store, now: '2026-05-20T02:00:00.000Z' }
  const answer: Duties = await findDuties.answer(asking as never)
  return { answer, values: sent[0]! }
}

describe('what an agency has to do now', () => {
  it('is told with the reminders since the duties were opened, and how high they have gone', async () => {
    const { answer } = await asked({}, people.officer, [
      ['owing', 1],
      ['head', 5],
      ['provincial-office', 10],
    ])
    expect(answer.items[0]).toMatchObject({
      dossier: 'H52-1',
      since: '2026-05-05',
      daysLate: 16,
      duties,
      reminders: [
        { to: 'owing', afterDays: 1 },
        { to: 'head', afterDays: 5 },
        { to: 'provincial-office', afterDays: 10 },
      ],
      escalatedTo: 'provincial-office',
    })
    expect(answer.items[1]).toMatchObject({ dossier: 'H52-2', reminders: [], escalatedTo: null })
  })

  it('has gone to nobody higher while only those who owe were reminded, or a former time was', async () => {
    expect((await asked({}, people.officer)).answer.items[0]).toMatchObject({
      reminders: [],
      escalatedTo: null,
    })
    expect((await asked({}, people.officer, [['owing', 1]])).answer.items[0]!.escalatedTo).toBeNull()
  })

  it('is that of one’s own agency unless another is named, never beyond one’s scope', async () => {
    expect((await asked({}, people.officer)).answer.of).toEqual([people.officer.agency])
    expect((await asked({ agency: 'so-khac' }, people.officer)).answer.of).toEqual([])
    expect((await asked({ agency: 'so-khac' }, people.clerk)).answer.of).toEqual(['so-khac'])
    expect((await asked({}, people.system)).answer.of).toBeNull()
  })

  it('comes in pages that go on after the last line', async () => {
    const { answer } = await asked({ limit: 1 }, people.officer)
    expect(answer.items).toHaveLength(1)
    const { values } = await asked({ limit: 1, cursor: answer.next }, people.officer)
    expect(values).toEqual(expect.arrayContaining(['2026-05-05', 'mcdt:H52-1']))
  })
})
