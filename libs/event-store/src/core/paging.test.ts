import { describe, expect, it } from '@jest/globals'
import type { Delivery, Position } from '../port/event-store.js'
import { follow, readPages, type LogPage } from './paging.js'
import { StoredEvent } from './stored-event.js'
import { Tail } from './tail.js'

const at = (position: number) =>
  new StoredEvent(BigInt(position), 's', 0n, `id-${position}`, 'thing.Noted', '{}', '{}', new Date(0))

/** A log of `length` events that counts the reads begun. */
function countedLog(length: number) {
  const log = { length, reads: 0, failAt: Infinity }
  const readPage = (from: Position, size: number): Promise<LogPage> => {
    if (++log.reads >= log.failAt) return Promise.reject(new Error('the server is away'))
    const end = Math.min(Number(from) + size, log.length)
    const events = Array.from({ length: end - Number(from) }, (_, index) => at(Number(from) + index + 1))
    return Promise.resolve({ events, checkpoint: BigInt(end), atEnd: end === log.length })
  }
  return { log, readPage }
}

describe('follow', () => {
  it('reads one page ahead of its consumer and no more', async () => {
    const { log, readPage } = countedLog(10)
    const pages: Delivery[] = []
    for await (const delivery of follow(readPage, new Tail(), 0n, 2, new AbortController().signal)) {
      pages.push(delivery)
      expect(log.reads).toBeLessThanOrEqual(pages.length + 1)
      if (delivery.kind === 'caught-up') break
    }
    expect(pages).toHaveLength(6)
  })

  it('does not sleep through an append that falls between its last read and its wait', async () => {
    const { log, readPage } = countedLog(1)
    const tail = new Tail()
    const positions: Position[] = []
    for await (const { checkpoint } of follow(readPage, tail, 0n, 5, new AbortController().signal)) {
      positions.push(checkpoint)
      if (checkpoint >= 4n) break
      log.length++
      tail.advance()
    }
    expect(positions.at(-1)).toBeGreaterThanOrEqual(4n)
  })

  it('ends at once when told so during a read that does not answer', async () => {
    const stop = new AbortController()
    const never = () => new Promise<LogPage>(() => setImmediate(() => stop.abort()))
    const seen: Delivery[] = []
    for await (const delivery of follow(never, new Tail(), 0n, 5, stop.signal)) seen.push(delivery)
    expect(seen).toEqual([])
  })

  it('hands a failure to its consumer after the page before it', async () => {
    const { log, readPage } = countedLog(10)
    log.failAt = 2
    const following = follow(readPage, new Tail(), 0n, 5, new AbortController().signal)
    expect((await following.next()).value).toMatchObject({ checkpoint: 5n })
    await expect(following.next()).rejects.toThrow('the server is away')
  })
})

describe('readPages', () => {
  it('is silent about a page read ahead that nobody wants any more', async () => {
    const { log, readPage } = countedLog(10)
    log.failAt = 2
    for await (const page of readPages(readPage, 0n, Infinity, 5, undefined)) {
      expect(page).toHaveLength(5)
      break
    }
    expect(log.reads).toBe(2)
  })

  it('reads nothing for a limit of zero, and asks for no more than the limit', async () => {
    const { log, readPage } = countedLog(10)
    const pages: number[] = []
    for await (const page of readPages(readPage, 0n, 0, 5, undefined)) pages.push(page.length)
    expect(log.reads).toBe(0)
    for await (const page of readPages(readPage, 0n, 7, 5, undefined)) pages.push(page.length)
    expect(pages).toEqual([5, 2])
  })
})
