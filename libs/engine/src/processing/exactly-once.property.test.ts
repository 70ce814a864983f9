import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { openLog, testDatabase, testLogs, type TestDatabase } from '#testing'
import { follower, ledgersOf, logOf, place, type Order } from './ledger.test-support.js'
import { Life, type Checkpoint, type Death } from './lives.test-support.js'
import type { Reacted } from './process.events.js'

const orders = ['o1', 'o2', 'o3'] as const
const shared = 'all'

const order: fc.Arbitrary<Order> = fc.record(
  {
    order: fc.constantFrom(...orders),
    entries: fc.array(
      fc.record({ ledger: fc.constantFrom(shared, 'own'), text: fc.constantFrom('a', 'b', 'no') }),
      { maxLength: 3 },
    ),
    last: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ['order', 'entries', 'last'] },
)
const death: fc.Arbitrary<Death> = fc.record({
  atEffect: fc.integer({ min: 1, max: 12 }),
  before: fc.boolean(),
})

/** Entries of its own go to a ledger that no other instance writes. */
const addressed = (placed: Order): Order => ({
  ...placed,
  entries: placed.entries.map(({ ledger, text }) => ({
    ledger: ledger === 'own' ? `own-${placed.order}` : ledger,
    text,
  })),
})

/** What must stand in the ledgers and be refused: each order followed once, in its turn, until the last. */
function told(placed: readonly Order[]) {
  const entered: Record<string, string[]> = {}
  const ended = new Set<string>()
  const count: Record<string, number> = {}
  let refused = 0
  for (const { order: id, entries, last } of placed) {
    if (ended.has(id)) continue
    count[id] = (count[id] ?? 0) + 1
    for (const { ledger, text } of entries)
      if (text === 'no') refused++
      else (entered[ledger] ??= []).push(`${id} ${count[id]} ${text}`)
    if (last === true) ended.add(id)
  }
  return { entered, refused, reactions: count }
}

const ofOrder = (texts: readonly string[] = [], id: string): readonly string[] =>
  texts.filter((text) => text.startsWith(`${id} `))

/** What is not as it must be. */
async function findings(store: EventStore, placed: readonly Order[]): Promise<readonly string[]> {
  const expected = told(placed)
  const ledgers = await ledgersOf(store)
  const log = await logOf(store, 'process-follower:')
  const reactions = log.filter(({ type }) => type === 'process.Reacted')
  const ids = reactions.map(({ data }) => (data as unknown as Reacted).event.id)
  const pairs: (readonly [what: string, found: unknown, expected: unknown])[] = [
    ['refused', log.filter(({ type }) => type === 'process.CommandRefused').length, expected.refused],
    ['events reacted to', new Set(ids).size, ids.length],
  ]
  for (const id of orders) {
    const count = reactions.filter(({ stream }) => stream.endsWith(`:${id}`)).length
    pairs.push([`reactions of ${id}`, count, expected.reactions[id] ?? 0])
    for (const ledger of [shared, `own-${id}`])
      pairs.push([`${id} in ${ledger}`, ofOrder(ledgers[ledger], id), ofOrder(expected.entered[ledger], id)])
  }
  return pairs
    .filter(([, found, right]) => JSON.stringify(found) !== JSON.stringify(right))
    .map(([what, found, right]) => `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(right)}`)
}

/** Runners die one after the other, or two at a time are at it; the last one lives. What went wrong then. */
async function run(
  open: () => Promise<EventStore>,
  placed: readonly Order[],
  deaths: readonly Death[],
  twins: boolean,
): Promise<readonly string[]> {
  const store = await open()
  for (const one of placed) await place(store, addressed(one))
  const until = await store.head()
  const checkpoint: Checkpoint = { position: 0n }
  for (const one of [...deaths, null]) {
    const lives = Array.from({ length: twins ? 2 : 1 }, () => new Life(store, checkpoint, one, [follower()]))
    await Promise.all(lives.map((life) => life.live(until)))
  }
  // Whoever starts from nothing finds everything done.
  await new Life(store, { position: 0n }, null, [follower()]).live(until)
  const found = await findings(store, placed.map(addressed))
  await store.close()
  return found
}

describe('whatever kills the runner, and wherever', () => {
  let server: TestDatabase

  beforeAll(async () => {
    server = await testDatabase()
  })
  afterAll(() => server.close())

  const lives = [
    fc.array(order, { minLength: 1, maxLength: 10 }),
    fc.array(death, { maxLength: 4 }),
    fc.boolean(),
  ] as const

  it('each event is followed once, in its turn: in memory', async () => {
    const open = (): Promise<EventStore> => Promise.resolve(new InMemoryEventStore())
    await fc.assert(
      fc.asyncProperty(...lives, async (placed, deaths, twins) => {
        expect(await run(open, placed, deaths, twins)).toEqual([])
      }),
      { numRuns: 80 },
    )
  })

  it.each(testLogs)('each event is followed once, in its turn: on $what', async (log) => {
    const database = server.connect()
    await fc.assert(
      fc.asyncProperty(...lives, async (placed, deaths, twins) => {
        await database.query('DROP SCHEMA IF EXISTS event_log CASCADE')
        const { url, stop } = await log.start(server)
        expect(await run(() => openLog(url), placed, deaths, twins)).toEqual([])
        await stop()
      }),
      { numRuns: 4 },
    )
  })
})
