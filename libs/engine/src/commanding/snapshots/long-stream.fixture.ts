import { refuse } from '#kernel'
import type { Command, Snapshot, Snapshots } from '#engine'
import type { Workflow } from '#engine/workflow'
import { add, counter, type Counter } from '../counter.fixture.js'

/** Snapshots as text, as a database keeps them. */
export function inMemory(): Snapshots & { readonly kept: Map<string, Snapshot> } {
  const kept = new Map<string, Snapshot>()
  return {
    kept,
    find(stream, workflow, fold) {
      const found = kept.get(stream)
      return Promise.resolve(found?.workflow === workflow && found.fold === fold ? found : undefined)
    },
    keep: (snapshot) => void kept.set(snapshot.stream, structuredClone(snapshot)),
  }
}

const [addRow, strikeRow] = [counter.transitions.get('Add')!, counter.transitions.get('Strike')!]

/** The counter with two more rows, whose answers turn on what is in the stream already. */
export const tricky: Workflow<Counter> = {
  ...counter,
  transitions: new Map([
    ...counter.transitions,
    [
      'Ensure',
      {
        ...addRow,
        decide: ({ state, command }) => {
          const { amount } = command as { amount: number }
          return state.total >= amount
            ? []
            : [{ type: 'counter.Added', data: { amount: amount - state.total } }]
        },
      },
    ],
    [
      'Once',
      {
        ...strikeRow,
        decide: ({ aggregate, command, hasEvent }) => {
          const { eventId } = command as { eventId: string }
          return hasEvent(eventId)
            ? refuse('known', { vi: 'Đã có.', en: 'Known.' })
            : [{ type: 'counter.Struck', data: { eventId, of: aggregate } }]
        },
      },
    ],
  ]),
}

export const strike = (eventId: string): Command => add(0, { transition: 'Strike', data: { eventId } })
export const addAll = (amounts: readonly number[]): Command =>
  add(0, { transition: 'AddAll', data: { adds: amounts.map((amount) => ({ amount })) } })
