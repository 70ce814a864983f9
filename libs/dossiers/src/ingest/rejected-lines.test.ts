import { describe, expect, it } from '@jest/globals'
import type { Command, CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { invalid } from '#kernel'
import { accepted, line, resolved } from '../evaluate/evaluate.test-support.js'
import { ingest, ingestBytes, ingestOn, logOf, opened, setVersion, told } from './ingest.test-support.js'

async function started() {
  const store = new InMemoryEventStore()
  return { store, parts: await ingestOn('2026-05-07T02:00:00.000Z', store) }
}

describe('rejected lines', () => {
  it('are kept whole by source and day, each once however often it is sent', async () => {
    const { store, parts } = await started()
    const bad = line('x', 'Resolved', '2026-02-30')
    await ingest(parts, [bad, 'not json', bad])
    await ingest(parts, ['not json', bad])
    const events = await logOf(store, 'rejection-')
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('not json')
    const kept = await opened(
      parts,
      events.map(({ data }) => data as { line: string }),
    )
    expect(events.map(({ stream }, index) => [stream, kept[index]!.line])).toEqual([
      ['rejection-mcdt:2026-05-07:0', JSON.stringify(bad)],
      ['rejection-unknown:2026-05-07:0', 'not json'],
    ])
    expect(events[0]!.data).toMatchObject({
      source: 'mcdt',
      id: 'x',
      dossier: 'H52-1',
      code: 'date-invalid',
      cut: false,
    })
  })

  it('of up to a megabyte are kept whole and taken once what stood in their way is there', async () => {
    const { store, parts } = await started()
    const long = (id: string, letters: number) =>
      JSON.stringify(
        line(id, 'Explained', '2026-05-06', { procedure: 'TT-30', data: { reason: 'ả'.repeat(letters) } }),
      )
    const lines = [long('x', 10_000), long('y', 349_000), long('z', 100)]
    expect(told(await ingest(parts, lines)).map((each) => each.split(' ')[2])).toEqual(
      Array(3).fill('procedure-unknown'),
    )
    await ingest(parts, lines)
    const events = await logOf(store, 'rejection-')
    const kept = await opened(
      parts,
      events.map(({ data }) => data as { line: string; cut: boolean }),
    )
    expect(kept.map(({ line: text, cut }) => [lines.indexOf(text), cut])).toEqual([
      [0, false],
      [1, false],
      [2, false],
    ])
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(3)
    await setVersion(parts, { code: 'TT-30', time: 20, unit: 'working-day' })
    const again = await ingest(
      parts,
      kept.map(({ line: text }) => text),
    )
    expect(again.summary).toMatchObject({ accepted: 3, rejected: 0 })
  })

  it('larger than the store takes at once stop no other line; of them the beginning is kept', async () => {
    const { store, parts } = await started()
    const tooLarge = invalid('append-too-large', { vi: 'Dữ liệu quá lớn.', en: 'Too large.' })
    const commands = Object.assign(Object.create(parts.commands) as CommandHandler, {
      handle: (command: Command) =>
        JSON.stringify(command.data).length > 30_000
          ? Promise.reject(tooLarge)
          : parts.commands.handle(command),
    })
    const said = (id: string, letters: number) =>
      line(id, 'Explained', '2026-05-06', { data: { reason: 'a'.repeat(letters) } })
    const result = await ingest({ ...parts, commands }, [
      accepted,
      said('x', 50_000),
      said('y', 20_000),
      resolved,
    ])
    expect(told(result)).toEqual(['1 accepted', '2 rejected append-too-large', '3 accepted', '4 accepted'])
    const [event] = await logOf(store, 'rejection-')
    const kept = await opened(parts, event!.data as { line: string; cut: boolean })
    expect([kept.cut, kept.line.length]).toEqual([true, 8_192])
  })

  it('of 10 MB pass by in flat memory; their beginning is kept, and the next line is taken', async () => {
    const { store, parts } = await started()
    function* chunks(): Generator<Uint8Array> {
      yield Buffer.from(`{"source":"mcdt","huge":"`)
      for (let n = 0; n < 160; n++) yield Buffer.alloc(65_536, 'x')
      yield Buffer.from(`"}\n${JSON.stringify(accepted)}`)
    }
    const result = await ingestBytes(parts, chunks())
    expect(told(result)).toEqual(['1 rejected line-too-long', '2 accepted'])
    const [event] = await logOf(store, 'rejection-')
    const kept = await opened(parts, event!.data as { line: string; cut: boolean })
    expect(kept).toMatchObject({ cut: true, line: expect.stringMatching(/^\{"source":"mcdt"/) })
    expect(kept.line.length).toBeLessThan(10_000)
  })

  it('go on in another stream when one is full', async () => {
    const { store, parts } = await started()
    await ingest(
      parts,
      Array.from({ length: 1_150 }, (_, n) => `bad ${n}`),
    )
    const streams = (await logOf(store, 'rejection-')).map(({ stream }) => stream)
    expect(streams).toHaveLength(1_150)
    expect(new Set(streams)).toEqual(
      new Set(['rejection-unknown:2026-05-07:0', 'rejection-unknown:2026-05-07:1']),
    )
  })
})
