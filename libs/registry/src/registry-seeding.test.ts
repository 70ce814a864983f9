import { describe, expect, it } from '@jest/globals'
import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { clerk, seeds } from './domain/seeded-registry.fixture.js'
import { agencyWorkflow, seedCommands } from './index.js'

describe('seeding the registry', () => {
  it('passes the checks of the command path, and repeated adds nothing', async () => {
    const store = new InMemoryEventStore()
    const commands = seeds.flatMap(seedCommands)
    const seed = async (handler: CommandHandler): Promise<Set<string>> => {
      const answers = new Set<string>()
      for (const command of commands) answers.add((await handler.handle({ ...command, actor: clerk })).status)
      return answers
    }
    expect(
      await seed(new CommandHandler({ store, clock: systemClock, workflows: [agencyWorkflow] })),
    ).toEqual(new Set(['accepted']))
    const head = await store.head()
    expect(
      await seed(new CommandHandler({ store, clock: systemClock, workflows: [agencyWorkflow] })),
    ).toEqual(new Set(['repeated']))
    expect(await store.head()).toEqual(head)
  })
})
