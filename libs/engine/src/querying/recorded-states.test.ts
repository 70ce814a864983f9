import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore, type EventStore } from '#event-store'
import { systemClock } from '#kernel'
import { CommandHandler } from '../commanding/command-handler.js'
import { add, counter } from '../commanding/counter.fixture.js'
import { RecordedStates } from './recorded-states.js'

/** A log whose readings are told: from which revision each began. */
function recorded() {
  const store = new InMemoryEventStore()
  const handler = new CommandHandler({ store, clock: systemClock, workflows: [counter] })
  const from: (bigint | undefined)[] = []
  const readStream: EventStore['readStream'] = (stream, options) => {
    from.push(options?.fromRevision)
    return store.readStream(stream, options)
  }
  const states = new RecordedStates(counter, { readStream })
  return { states, from, act: (amount: number) => handler.handleOrThrow(add(amount)) }
}

const totals = (found: readonly { readonly state: { readonly total: number } }[]): number[] =>
  found.map(({ state }) => state.total)

describe('the states of an aggregate', () => {
  it('are those after each of its events, with the place of each in the log', async () => {
    const { states, act } = recorded()
    expect(await states.read('one')).toEqual([])
    const placed = [await act(3), await act(4)].map(({ position }) => position)
    const found = await states.read('one')
    expect(totals(found)).toEqual([3, 7])
    expect(found.map(({ position }) => position)).toEqual(placed)
    expect(states.known('one')).toEqual(found)
    expect(states.known('two')).toEqual([])
  })

  it('are read once: later questions read what is new', async () => {
    const { states, from, act } = recorded()
    await act(3)
    await states.read('one')
    await act(4)
    expect(totals(await states.read('one'))).toEqual([3, 7])
    await states.read('one')
    expect(from).toEqual([0n, 1n, 2n])
  })

  it('are read once for questions that come together, and whole by each that asks for itself', async () => {
    const { states, from, act } = recorded()
    await act(3)
    const shared = await Promise.all([1, 2, 3].map(() => states.readShared('one')))
    expect([from.length, ...shared.map(totals)]).toEqual([1, [3], [3], [3]])
    await act(4)
    const apart = await Promise.all([states.read('one'), states.read('one'), states.readShared('one')])
    expect(apart.map(totals)).toEqual([
      [3, 7],
      [3, 7],
      [3, 7],
    ])
    expect(totals(states.known('one'))).toEqual([3, 7])
  })
})
