import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId } from '#kernel'
import { AppendQueue, type PendingAppend } from './append-queue.js'

const none = (): void => undefined

function pending(stream: string, ids: readonly number[], bytes = 10): PendingAppend {
  const events = ids.map((id) => ({
    id: deriveId(id),
    type: 'thing.Noted',
    dataText: 'x'.repeat(bytes),
    metadataText: '',
  }))
  return { asked: { stream, expected: 'any', events }, resolve: none, reject: none }
}

function queueOf(all: readonly PendingAppend[]): AppendQueue {
  const queue = new AppendQueue()
  for (const one of all) queue.push(one)
  return queue
}

function batchesOf(queue: AppendQueue): PendingAppend[][] {
  const batches: PendingAppend[][] = []
  while (!queue.isEmpty) batches.push(queue.takeBatch())
  return batches
}

describe('AppendQueue', () => {
  it('forms batches without a shared stream or id, in order within a stream, and forgets nobody', () => {
    const append = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.uniqueArray(fc.nat(8), { maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(append, { maxLength: 30 }), (asked) => {
        const all = asked.map(([stream, ids]) => pending(stream, ids))
        const batches = batchesOf(queueOf(all))
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0)
          const names = batch.flatMap((one) => [one.asked.stream, ...one.asked.events.map(({ id }) => id)])
          expect(new Set(names).size).toBe(names.length)
        }
        const sent = batches.flat()
        expect(new Set(sent)).toEqual(new Set(all))
        expect(sent).toHaveLength(all.length)
        for (const stream of ['a', 'b', 'c', 'd'])
          expect(sent.filter((one) => one.asked.stream === stream)).toEqual(
            all.filter((one) => one.asked.stream === stream),
          )
      }),
    )
  })

  it('sends together what shares nothing', () => {
    const all = Array.from({ length: 50 }, (_, index) => pending(`s-${index}`, [index]))
    expect(batchesOf(queueOf(all))).toEqual([all])
  })

  it('does not let a giant keep its neighbours waiting', () => {
    const small = pending('a', [1])
    const giant = pending('b', [2], 5_000_000)
    const next = pending('c', [3])
    expect(batchesOf(queueOf([small, giant, next]))).toEqual([[small], [giant], [next]])
  })

  it('passes over a crowd on one stream', () => {
    const crowd = Array.from({ length: 100 }, (_, index) => pending('crowded', [index]))
    const other = pending('other', [1_000])
    const queue = queueOf([...crowd, other])
    expect(queue.takeBatch()).toEqual([crowd[0], other])
    expect(queue.takeBatch()).toEqual([crowd[1]])
  })
})
