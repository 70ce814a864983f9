import { describe, expect, it } from '@jest/globals'
import { RoviecError } from '#kernel'
import { EventLoopWatch } from './event-loop.js'
import { Gate, type Ticket } from './gate.js'
import { RateLimit } from './rate-limit.js'

const opened = (over: Partial<ConstructorParameters<typeof Gate>[0]> = {}, isBehind = () => false): Gate =>
  new Gate({ most: 3, mostBytes: 1_000, ...over }, isBehind)

function entered(gate: Gate, bytes = 0): () => void {
  const ticket = gate.enter('command', bytes)
  if (ticket instanceof RoviecError) throw ticket
  return ticket.hold()
}

describe('Gate', () => {
  it('lets so many in of each kind, and the next when one has left', () => {
    const gate = opened()
    const leave = [entered(gate), entered(gate), entered(gate)]
    expect(gate.enter('command', 0)).toMatchObject({
      code: 'overloaded',
      details: { safeToRepeat: true, retryAfterSeconds: 1 },
    })
    expect(gate.enter('question', 0)).not.toBeInstanceOf(RoviecError)
    leave[1]!()
    leave[1]!()
    entered(gate)
    expect(gate.enter('command', 0)).toBeInstanceOf(RoviecError)
  })

  it('keeps a place as long as anyone works on the request, also when its client has gone', () => {
    const gate = opened()
    const ticket = gate.enter('command', 0) as Ticket
    const [clientGone, workDone] = [ticket.hold(), ticket.hold()]
    clientGone()
    expect(gate.inside).toBe(1)
    workDone()
    expect(gate.inside).toBe(0)
  })

  it('bounds what bodies hold together, and takes one that is larger than that alone', () => {
    const gate = opened({ most: 100 })
    const leave = entered(gate, 5_000)
    expect(gate.enter('question', 1)).toBeInstanceOf(RoviecError)
    leave()
    entered(gate, 600)
    expect(gate.enter('command', 401)).toBeInstanceOf(RoviecError)
    entered(gate, 400)
  })

  it('lets nobody in while the process cannot keep up', () => {
    let isBehind = true
    const gate = opened({}, () => isBehind)
    expect(gate.enter('question', 0)).toMatchObject({ code: 'overloaded' })
    isBehind = false
    entered(gate)
  })

  it('stops by letting nobody in and waiting for those inside', async () => {
    const gate = opened()
    const leave = entered(gate)
    const drained = gate.drain(60_000)
    expect(gate.enter('question', 0)).toMatchObject({ code: 'stopping', details: { safeToRepeat: true } })
    expect(gate.refusesEndless()).toMatchObject({ code: 'stopping' })
    expect(gate.stopping.aborted).toBe(true)
    leave()
    expect(await drained).toBe(true)
    expect(await gate.drain(60_000)).toBe(true)
  })

  it('says when somebody did not leave in time', async () => {
    const gate = opened()
    entered(gate)
    expect(await gate.drain(1)).toBe(false)
  })
})

describe('RateLimit', () => {
  it('counts each address by itself and begins anew every second', () => {
    const rate = new RateLimit(2)
    const at = (now: number, address = 'a'): boolean => rate.admits(address, now)
    expect([at(0), at(10), at(999), at(999, 'b')]).toEqual([true, true, false, true])
    expect([at(1_000), at(1_500), at(1_999)]).toEqual([true, true, false])
  })
})

describe('EventLoopWatch', () => {
  it('is behind when two looks on end come late, not at one long computation', () => {
    const watch = new EventLoopWatch()
    watch.look(0)
    const after = (...looks: number[]): boolean => {
      for (const now of looks) watch.look(now)
      return watch.isBehind
    }
    expect(after(100, 200, 300)).toBe(false)
    expect(after(3_000)).toBe(false)
    expect(after(3_100)).toBe(false)
    expect(after(4_000, 5_000)).toBe(true)
    expect(after(5_100)).toBe(false)
  })
})
