import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate } from '#database'
import { CommandHandler, personalKeyMigration } from '#engine'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { openLog, testDatabase, testLogs, testProcess, virtualClock, type TestDatabase } from '#testing'
import { testKeys, testSealing, uncovered, walkedAt } from '#testing/workflow'
import { contexts } from '../../libs/platform/src/contexts.js'
import { allCases } from './cases.js'
import { possibleCommands, prepare, type PossibleCommand } from './possible-commands.js'
import { told, type Told } from './told.js'

const workflows = contexts.flatMap((context) => context.workflows)
const commands = possibleCommands()
const halfAYear = 183 * 24 * 3_600_000

describe('the cases', () => {
  it('are there for every transition of every workflow of the system', () => {
    expect(new Set(allCases.map((cases) => cases.workflow))).toEqual(new Set(workflows))
    expect(allCases.flatMap(uncovered)).toEqual([])
    const transitions = workflows.flatMap(({ name, transitions: table }) =>
      [...table.keys()].map((transition) => `${name}: ${transition}`),
    )
    expect(commands.map(({ name }) => name).toSorted()).toEqual(transitions.toSorted())
  })
})

/** One answer was the first, and all are the same; the stream holds the command's events once. */
async function expectOneEffect(
  store: EventStore,
  { command, situation }: PossibleCommand,
  answers: readonly Told[],
): Promise<void> {
  const [one] = answers
  expect(new Set(answers.map(({ answer }) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify(one!.answer)]),
  )
  const { events } = one!.answer as { events: readonly { type: string; data: object }[] }
  const stream = await store.readStream(`${command.workflow}-${command.aggregate}`)
  expect(stream.slice(situation.length).map(({ type, data }) => ({ type, data }))).toEqual(events)
  expect(events.length).toBeGreaterThan(0)
}

describe.each(commands.map((possible) => [possible.name, possible] as const))('%s', (_name, possible) => {
  const clock = virtualClock(walkedAt)
  const { command } = possible
  const sealing = testSealing()

  it('sent thrice at once by three, then after half a year and a restart: one effect, one answer', async () => {
    const store = new InMemoryEventStore({ clock })
    await prepare(store, possible)
    const fresh = (): CommandHandler => new CommandHandler({ store, clock, workflows, sealing })
    const racing = await Promise.all([fresh(), fresh(), fresh()].map((handler) => handler.handle(command)))
    clock.advance(halfAYear)
    const again = await fresh().handle(command)
    const capitals = await fresh().handle({ ...command, id: command.id.toUpperCase() })
    const answers = [...racing, again, capitals].map(told)
    expect(answers.filter(({ first }) => first)).toHaveLength(1)
    await expectOneEffect(store, possible, answers)
  })

  it('with other content under the same id is a conflict that names both', async () => {
    const store = new InMemoryEventStore({ clock })
    await prepare(store, possible)
    const handler = new CommandHandler({ store, clock, workflows, sealing })
    await handler.handle(command)
    const other = { ...command, occurredAt: '2020-01-01T00:00:00+07:00' }
    for (const one of [handler, new CommandHandler({ store, clock, workflows, sealing })])
      await expect(one.handle(other)).rejects.toMatchObject({
        kind: 'conflict',
        code: 'command-id-taken',
        details: { commandId: command.id, first: command.transition, now: command.transition },
      })
  })
})

describe.each(testLogs)('two processes that send every command three times at once, on $what', (log) => {
  let database: TestDatabase
  // EventStoreDB tells both that they were first: one clock, or the second would answer with the time it would have written.
  const oneClock = log.on === 'postgres' ? [] : [walkedAt]
  let started: Awaited<ReturnType<typeof log.start>>
  let store: EventStore

  beforeAll(async () => {
    database = await testDatabase()
    await migrate(database.connect(), 'sealing', [personalKeyMigration])
    started = await log.start(database)
    store = await openLog(started.url)
    await Promise.all(commands.map((possible) => prepare(store, possible)))
  })
  afterAll(async () => {
    await store.close()
    await started.stop()
    await database.close()
  })

  it('and a third one after them: one effect, one answer', async () => {
    const script = new URL('./same-command.fixture.ts', import.meta.url)
    const racers = [1, 2].map(() => testProcess(script, [database.url, started.url, ...oneClock]))
    await Promise.all(racers.map((racer) => racer.line('ready')))
    for (const racer of racers) racer.tell(JSON.stringify(commands))
    const lines = await Promise.all(racers.map((racer) => racer.line('answers ')))
    const answers = lines.map((line) => JSON.parse(line) as Record<string, readonly Told[]>)
    expect(await Promise.all(racers.map((racer) => racer.ended))).toEqual([0, 0])
    const sealing = testSealing(testKeys(database.connect()))
    const clock = virtualClock('2099-01-01T00:00:00Z')
    const third = new CommandHandler({ store, clock, workflows, sealing })
    for (const possible of commands) {
      const all = answers.flatMap((each) => each[possible.name]!)
      const firsts = all.filter(({ first }) => first).length
      expect(log.on === 'postgres' ? [1] : [1, 2]).toContain(firsts)
      await expectOneEffect(store, possible, [...all, told(await third.handle(possible.command))])
    }
  })
})
