import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Database } from '#database'
import { InMemoryEventStore } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { assigned, deadline, issuedKh71, people } from '../../domain/task.test-support.js'
import { BoardUnderTest, type Placed } from './board.test-support.js'
import { boardSorts, type FindBoard } from './find-board.params.js'
import { findBoard, type BoardPage } from './find-board.query.js'

let server: TestDatabase
let database: Database
let board: BoardUnderTest
beforeAll(async () => {
  server = await testDatabase()
  database = server.connect()
  board = await BoardUnderTest.create(database)
})
afterAll(() => server.close())

/** As they come with a question: no instance of the class. */
type Params = { readonly [Key in keyof FindBoard]: FindBoard[Key] }

/** The tasks found, on as many pages as they fill, without the code of the plan. */
async function found(params: Params): Promise<readonly string[]> {
  const codes: string[] = []
  const totals = new Set<number>()
  let cursor: string | null = null
  do {
    const page: BoardPage = await findBoard.answer({
      params: { asOf: '2025-02-10', limit: 2, ...params, ...(cursor !== null && { cursor }) },
      actor: people.clerk,
      database,
      store: new InMemoryEventStore(),
      now: '2025-02-10T02:00:00.000Z',
    })
    codes.push(...page.items.map(({ code }) => code.replace('CCHC2025-', '')))
    totals.add(page.total)
    cursor = page.next
    // It stands in the address of the next page.
    expect(cursor?.length ?? 0).toBeLessThan(2_000)
  } while (cursor !== null)
  expect([...totals]).toEqual([codes.length])
  return codes
}

const led = (...agencies: readonly string[]) => ({
  lead: agencies.map((name) => ({ agencyId: name, name, collective: false })),
})

describe('the board, filtered by an agency,', () => {
  const tasks: readonly Placed[] = [
    { stt: '1', happened: [assigned(led('so-tu-phap'))] },
    { stt: '2', happened: [assigned(led('so-noi-vu', 'so-tu-phap')), issuedKh71()] },
    { stt: '3', happened: [assigned(led('so-noi-vu'))], over: { coordinate: led('so-tu-phap').lead } },
    { stt: '4', happened: [assigned({ lead: [{ agencyId: null, name: 'Sở X', collective: false }] })] },
  ]

  it('has what it leads, alone or with others, and not what it only coordinates', async () => {
    await board.fill(tasks)
    expect(await found({ agency: 'so-tu-phap' })).toEqual(['I-1', 'I-2'])
    expect(await found({ agency: 'so-noi-vu' })).toEqual(['I-2', 'I-3'])
    expect(await found({ agency: 'so-y-te' })).toEqual([])
    // What the registry does not know is one agency under its name.
    expect(await found({ agency: 'name:Sở X' })).toEqual(['I-4'])
  })

  it('and by a verdict has what passes both', async () => {
    await board.fill(tasks)
    expect(await found({ agency: 'so-tu-phap', verdict: 'late', asOf: '2025-12-31' })).toEqual(['I-2'])
    expect(await found({ agency: 'so-tu-phap', verdict: 'overdue' })).toEqual(['I-1', 'I-2'])
  })

  it('wants one deliverable that passes all', async () => {
    const two = { deadlines: [deadline('2025-01-31'), deadline('2025-06-30')] }
    await board.fill([{ stt: '1', happened: [assigned(two), issuedKh71('2', '2025-02-01')] }])
    expect(await found({ verdict: 'overdue', dueTo: '2025-01-31' })).toEqual(['I-1'])
    expect(await found({ verdict: 'on-time', dueFrom: '2025-06-30' })).toEqual(['I-1'])
    expect(await found({ verdict: 'on-time', dueTo: '2025-01-31' })).toEqual([])
  })
})

describe('the board is sorted', () => {
  const placed = (section: string, stt: string, due: string | null, title: string, lead: string): Placed => ({
    section,
    stt,
    happened: [assigned({ due, ...led(lead) })],
    over: { title },
  })
  /** In the order in which they were recorded. */
  const tasks = [
    placed('IX', '1', '2025-06-30', 'Đề án', 'Sở Y tế'),
    placed('II', '10', null, 'Dự án', 'Sở Tài chính'),
    placed('VIII', '1', '2025-01-31', 'Ấn phẩm', 'Ban Dân tộc'),
    placed('II', '2', '2025-03-31', 'Ăn mòn', 'Đài Phát thanh'),
    placed('II', '2:2', '2025-03-31', 'An toàn', 'Sở Dân tộc'),
  ]
  const inOrder = {
    code: ['II-2', 'II-2:2', 'II-10', 'VIII-1', 'IX-1'],
    due: ['VIII-1', 'II-2', 'II-2:2', 'IX-1', 'II-10'],
    title: ['II-2:2', 'II-2', 'VIII-1', 'II-10', 'IX-1'],
    lead: ['VIII-1', 'II-2', 'II-2:2', 'II-10', 'IX-1'],
    updated: ['IX-1', 'II-10', 'VIII-1', 'II-2', 'II-2:2'],
  }

  it.each(boardSorts)('by %s, either way', async (sort) => {
    await board.fill(tasks)
    expect(await found({ sort, order: 'asc' })).toEqual(inOrder[sort])
    expect(await found({ sort, order: 'desc' })).toEqual(inOrder[sort].toReversed())
  })

  it('by code, and by what changed last first, unless it is asked otherwise', async () => {
    await board.fill(tasks)
    expect(await found({})).toEqual(inOrder.code)
    expect(await found({ sort: 'updated' })).toEqual(inOrder.updated.toReversed())
  })

  it('by the first due date of what is still to be delivered', async () => {
    const two = { deadlines: [deadline('2025-01-31'), deadline('2025-06-30')] }
    await board.fill([
      { stt: '1', happened: [assigned({ due: '2025-03-31' })] },
      { stt: '2', happened: [assigned(two)] },
      { stt: '3', happened: [assigned(two), issuedKh71('1', '2025-01-20')] },
    ])
    expect(await found({ sort: 'due' })).toEqual(['I-2', 'I-1', 'I-3'])
  })

  it('by texts that are longer than an address', async () => {
    const long = 'Kế hoạch '.repeat(400)
    await board.fill(['3', '1', '2'].map((stt) => placed('I', stt, null, long + stt, 'Sở Y tế')))
    expect(await found({ sort: 'title', limit: 1 })).toEqual(['I-1', 'I-2', 'I-3'])
  })
})
