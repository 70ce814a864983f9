import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { CommandHandler } from '../commanding/command-handler.js'
import { followUp } from './follow-up.fixture.js'
import { ProcessTimers } from './process-timers.js'
import type { Lookup, ProcessEvent } from './process.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('the process of the README', () => {
  const timers = new ProcessTimers('follow-up', '71-TB')
  const signedAt = '2025-03-20T02:00:00.000Z'
  const event = (type: string, data: object = {}): ProcessEvent => ({
    id: '0197a1b2-0000-7000-8000-000000000001',
    type,
    stream: type.startsWith('timer.') ? `timer-${timers.idOf('reminder')}` : 'conclusion-71-TB',
    revision: 0n,
    position: 1n,
    data,
    actor: 'a-1',
    occurredAt: signedAt,
    recordedAt: signedAt,
  })
  const fired = (id: string, name = 'reminder'): ProcessEvent =>
    event('timer.Fired', { owner: { kind: 'process', name: 'follow-up', id }, name })

  /** What follows from each of the events, one after the other. */
  const run = async (...events: readonly ProcessEvent[]) => {
    const store = new InMemoryEventStore()
    const commands = new CommandHandler({ store, clock: systemClock, workflows: [] })
    const lookup: Lookup = { store, load: (workflow, id) => commands.load(workflow, id) }
    const inputs = await Promise.all(events.map(async (one) => followUp.route(one)!.input(lookup)))
    return events.map((one, at) => {
      const context = { instance: '71-TB', event: one, timers }
      const { commands, ended } = followUp.decide(inputs[at]!, inputs.slice(0, at), context)
      return [...commands.map(({ transition }) => transition), ...(ended === true ? ['end'] : [])]
    })
  }

  it('is printed as it is run', () => {
    expect(read('../../README.md')).toContain(`\`\`\`ts\n${read('./follow-up.fixture.ts')}\`\`\``)
  })

  it('reminds three times, or until it is finished', async () => {
    const [signed, due, finished] = [event('conclusion.Signed'), fired('71-TB'), event('conclusion.Finished')]
    expect(await run(signed, due, due, due)).toEqual([
      ['Schedule'],
      ['Send', 'Schedule'],
      ['Send', 'Schedule'],
      ['Send', 'end'],
    ])
    expect(await run(signed, due, finished)).toEqual([['Schedule'], ['Send', 'Schedule'], ['Cancel', 'end']])
  })

  it('hears its own timers alone', () => {
    expect(followUp.route(fired('71-TB'))!.instance).toBe('71-TB')
    expect(followUp.route(fired('71-TB', 'another'))).toBeNull()
    const owner = { kind: 'process', name: 'another', id: '71-TB' }
    expect(followUp.route(event('timer.Fired', { owner, name: 'reminder' }))).toBeNull()
  })
})
