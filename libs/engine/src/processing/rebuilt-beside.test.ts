import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { reached, type CommandHandler } from '#engine'
import type { Database } from '#database'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { openOperated, type Operated } from '../operating/operated.fixture.js'
import { handler, ledgersOf, logOf, place } from './ledger.test-support.js'
import { migrateProcesses, startReacting, viewsBeside, type Running } from './reminder.test-support.js'

/** Counts at the receiver what the process sends: by command id, what became of each time. */
class Receiver {
  readonly received = new Map<string, string[]>()
  inHand = 0

  /** @param answersInMs after it has acted: a sender may have lost its lead by then. */
  constructor(
    private readonly commands: CommandHandler,
    private readonly answersInMs = 0,
  ) {}

  get handler(): CommandHandler {
    const { commands, received, answersInMs } = this
    const handle: CommandHandler['handle'] = async (command) => {
      const outcome = await commands.handle<never>(command)
      if (command.workflow === 'process') return outcome
      received.set(command.id, [...(received.get(command.id) ?? []), outcome.status])
      this.inHand++
      await delay(answersInMs)
      this.inHand--
      return outcome
    }
    return Object.assign(Object.create(commands) as CommandHandler, {
      handle,
      load: commands.load.bind(commands),
    })
  }
}

/** Every view that timers and processes live beside. */
const names = viewsBeside.map(({ name }) => name)

/** A holder that has nothing to write notices the loss of its lease at a third of it. */
const leaseMs = 900

/** As after a pause beyond the lease: whoever comes first may take it, and the holder's fencing number is an old one. */
const lose = 'SET lease_holder = NULL, lease_until = NULL, fence = fence + 1'

describe('a process that runs while the views beside it are rebuilt, promoted and rolled back', () => {
  let server: TestDatabase
  let database: Database
  let operated: Operated
  const running: Running[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect({ max: 30 })
    await migrateProcesses(database)
    operated = await openOperated(database, server.url)
    operated.worker(viewsBeside, { leaseMs })
    for (const view of viewsBeside) await reached(database, view, 0n, 60_000)
  })
  afterEach(() => Promise.all(running.splice(0).map((each) => each.stop())))
  afterAll(async () => {
    await operated.close()
    await server.close()
  })

  const react = (receiver: Receiver): Running => {
    const started = startReacting(operated.store, database, { commands: receiver.handler })
    running.push(started)
    return started
  }
  /** Orders of new instances, one after the other, until the work is over; answers the instances. */
  const placingDuring = async (prefix: string, work: () => Promise<void>): Promise<readonly string[]> => {
    const placed: string[] = []
    let over = false
    const placing = (async () => {
      while (!over || placed.length < 5) {
        const order = `${prefix}${placed.length}`
        for (let round = 0; round < 2; round++) await place(operated.store, { order, entries: [] })
        placed.push(order)
        await eventually(async () => (await logOf(operated.store, `ledger-l-${order}`)).length > 0)
      }
    })()
    try {
      await work()
    } finally {
      over = true
      await placing
    }
    return placed
  }
  const carryOut = async (transition: string): Promise<void> => {
    const done = await Promise.all(
      viewsBeside.map(({ name, version }) =>
        operated.order(name, transition, transition === 'Rollback' ? {} : { version }),
      ),
    )
    expect(done.filter(({ state }) => state !== 'done')).toEqual([])
  }
  const rebuildAndBack = async (meanwhile = () => Promise.resolve()): Promise<void> => {
    await Promise.all([carryOut('Rebuild'), meanwhile()])
    await Promise.all([carryOut('Promote'), meanwhile()])
    await Promise.all([carryOut('Rollback'), meanwhile()])
  }
  const expectEachOnce = async (receiver: Receiver, ids: readonly string[]): Promise<void> => {
    await eventually(async () => {
      // Two orders an instance: two entries each; one timer, and the entry that its fire leads to.
      expect(receiver.received.size).toBe(ids.length * 6)
      const ledgers = await ledgersOf(operated.store)
      for (const id of ids) expect(ledgers[`l-${id}`]).toHaveLength(3)
    })
    const ledgers = await ledgersOf(operated.store)
    for (const id of ids)
      expect(ledgers[`l-${id}`]!.toSorted()).toEqual([`${id} 1`, `${id} 2`, `${id} nudged`])
    expect(ledgers['all']!.filter((text) => ids.some((id) => text.startsWith(`${id} `)))).toHaveLength(
      ids.length * 2,
    )
  }

  it('sends each command once, and each has its effect once', async () => {
    const receiver = new Receiver(handler(operated.store))
    react(receiver)
    const ids = await placingDuring('a', rebuildAndBack)
    await expectEachOnce(receiver, ids)
    expect(new Set([...receiver.received.values()].map(String))).toEqual(new Set(['accepted']))
    expect(operated.failures).toEqual([])
  })

  it('and whose worker loses lead and leases to another over and over, amid its work', async () => {
    const receiver = new Receiver(handler(operated.store), 50)
    operated.worker(viewsBeside, { leaseMs })
    let worker = react(receiver)
    const takenOver = async (): Promise<void> => {
      await eventually(() => receiver.inHand > 0)
      await database.query(`UPDATE roviec.leadership ${lose}`)
      // One row at a time: a promotion holds those of two builds.
      for (const name of names)
        for (const standing of ['live', 'building'])
          await database.query(`UPDATE roviec.projection ${lose} WHERE name = $1 AND standing = $2`, [
            name,
            standing,
          ])
      const before = worker
      worker = react(receiver)
      await before.stop()
    }
    const ids = await placingDuring('b', () => rebuildAndBack(takenOver))
    await expectEachOnce(receiver, ids)
    const outcomes = [...receiver.received.values()]
    expect(outcomes.flat()).toContain('repeated')
    for (const each of outcomes) expect(each.filter((status) => status !== 'repeated')).toEqual(['accepted'])
  })
})
