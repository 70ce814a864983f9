import { describe, expect, it } from '@jest/globals'
import { collect, event, freshStream, ids, refusal, someEvents, type StoreAccess } from './harness.js'

export function appendContract(store: StoreAccess): void {
  describe('an append', () => {
    it('is found again as it was written, with place and time', async () => {
      const stream = freshStream()
      const started = await store().head()
      const events = [event({ due: '2025-01-31' }, 'task.Assigned'), event({}, 'task.Drafted')]
      const { position } = await store().append(stream, events, 'no-stream')
      const recorded = await store().readStream(stream)
      expect(recorded).toMatchObject([
        { stream, revision: 0n, ...events[0] },
        { stream, revision: 1n, ...events[1] },
      ])
      expect(recorded[0]!.position).toBeGreaterThan(started)
      expect(recorded[1]!.position).toBeGreaterThan(recorded[0]!.position)
      expect(recorded[1]!.position).toBe(position)
      expect(await store().head()).toBe(position)
      for (const { recordedAt } of recorded)
        expect(Math.abs(recordedAt.getTime() - Date.now())).toBeLessThan(60_000)
    })

    it('that is cancelled before it was sent writes nothing', async () => {
      const stream = freshStream()
      const signal = AbortSignal.abort(new Error('cancelled'))
      expect(await refusal(store().append(stream, [event()], 'any', { signal }))).toBe(signal.reason)
      expect(await refusal(store().head({ signal }))).toBe(signal.reason)
      expect(await store().readStream(stream)).toEqual([])
    })

    it('that is cancelled on its way is there once, whoever sends it again', async () => {
      const stream = freshStream()
      const events = someEvents(3)
      const cancelling = new AbortController()
      const appending = store().append(stream, events, 'no-stream', { signal: cancelling.signal })
      cancelling.abort(new Error('cancelled'))
      // The one in memory is done by then.
      const outcome = await appending.then(
        () => 'appended',
        (error: unknown) => (error as { code?: string }).code,
      )
      expect(['append-outcome-unknown', 'appended']).toContain(outcome)
      await store().append(stream, events, 'no-stream')
      expect(ids(await store().readStream(stream))).toEqual(events.map(({ id }) => id))
    })

    it('does not see what its caller does to the events later', async () => {
      const stream = freshStream()
      const data = { words: ['before'] }
      const appending = store().append(stream, [event(data)], 'any')
      data.words.push('after')
      await appending
      expect(await store().readStream(stream)).toMatchObject([{ data: { words: ['before'] } }])
    })

    it('gives each reader events of its own', async () => {
      const stream = freshStream()
      await store().append(stream, [event({ words: ['written'] })], 'any')
      const [mine] = await store().readStream(stream)
      ;(mine!.data as { words: string[] }).words.push('scribbled')
      mine!.recordedAt.setTime(0)
      const [theirs] = await store().readStream(stream)
      expect(theirs!.data).toEqual({ words: ['written'] })
      expect(theirs!.recordedAt.getTime()).toBeGreaterThan(0)
    })

    it('of 10,000 events is one append', async () => {
      const stream = freshStream()
      const events = someEvents(10_000)
      const from = await store().head()
      expect(await store().append(stream, events, 'no-stream')).toMatchObject({
        firstRevision: 0n,
        lastRevision: 9_999n,
      })
      const recorded = await store().readStream(stream)
      expect(ids(recorded)).toEqual(ids(events))
      expect(recorded.map(({ revision }) => Number(revision))).toEqual(events.map((_, index) => index))
      expect(ids(await collect(store(), { from }))).toEqual(ids(events))
      expect(await store().append(stream, events, 'no-stream')).toMatchObject({ repeated: true })
    })

    it('never goes back in time', async () => {
      const from = await store().head()
      await Promise.all(Array.from({ length: 20 }, () => store().append(freshStream(), someEvents(2), 'any')))
      const times = (await collect(store(), { from })).map(({ recordedAt }) => recordedAt.getTime())
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    })

    it.each([
      ['an empty name', ''],
      ['a name of 201 characters', 'x'.repeat(201)],
      ['a system stream', '$all'],
      ['a NUL', 'task-\u0000'],
      ['a line break', 'task-1\n'],
      ['a C1 control', 'task-\u0085'],
      ['a lone surrogate', 'task-\ud800'],
    ])('refuses %s as stream and as event type', async (_, name) => {
      expect(await refusal(store().append(name, [event()], 'any'))).toMatchObject({
        code: 'stream-name-invalid',
      })
      expect(await refusal(store().readStream(name))).toMatchObject({ code: 'stream-name-invalid' })
      const stream = freshStream()
      expect(await refusal(store().append(stream, [event(), event({}, name)], 'any'))).toMatchObject({
        code: 'event-type-invalid',
      })
      expect(await store().readStream(stream)).toEqual([])
    })

    it.each([
      ['of 200 characters', (stream: string) => stream.padEnd(200, 'ử')],
      ['with spaces, quotes, braces and backslashes', (stream: string) => `${stream} {"a","b"}\\ 'c' %_`],
      ['in Vietnamese', (stream: string) => `${stream}-Nhiệm vụ 71/KH-UBND`],
      ['with an emoji', (stream: string) => `${stream}-😀`],
    ])('takes a stream name %s', async (_, name) => {
      const stream = name(freshStream())
      await store().append(stream, someEvents(1), 'no-stream')
      expect(await store().readStream(stream)).toMatchObject([{ stream, revision: 0n }])
    })

    it('keeps apart names that differ in case or in Unicode form', async () => {
      const base = freshStream()
      const names = ['ử', 'ử', 'Ử', 'ử', 'NULL', 'null', ''].map((end) => `${base}${end}`)
      const distinct = [...new Set([...names, `${base}ử`.normalize('NFC'), `${base}ử`.normalize('NFD')])]
      for (const stream of distinct) await store().append(stream, someEvents(1), 'no-stream')
      for (const stream of distinct) expect(await store().readStream(stream)).toMatchObject([{ stream }])
    })

    it.each(['', 'not-a-uuid', '0190163d-8694-739b-aea5-966c26f8ad9', undefined])(
      'refuses the event id %j',
      async (id) => {
        const bad = { ...event(), id: id as string }
        expect(await refusal(store().append(freshStream(), [bad], 'any'))).toMatchObject({
          code: 'event-id-invalid',
        })
      },
    )
  })
}
