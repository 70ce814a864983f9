import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PostgresEventStore, type CopiedLog, type NewEvent } from '#event-store'
import { testDatabase, type TestDatabase } from '#testing'
import { run, start } from './cli.test-support.js'

const events = 200

describe('roviec log copy', () => {
  let source: TestDatabase
  let back: TestDatabase
  let store: PostgresEventStore
  let directory: string
  beforeAll(async () => {
    ;[source, back] = [await testDatabase(), await testDatabase()]
    store = await PostgresEventStore.open({ connection: source.url })
    for (let n = 0; n < events; n++) await store.append(`thing-${n % 7}`, [event()], 'any')
    directory = await mkdtemp(join(tmpdir(), 'roviec-copy-'))
    // The embedded server runs under an account of its own where this is run as root.
    await chmod(directory, 0o755)
  })
  afterAll(async () => {
    await store.close()
    await Promise.all([source.close(), back.close()])
    await rm(directory, { recursive: true, force: true })
  })

  const embedded = (): string => `embedded:${directory}`
  const copying = (from: string, to: string, ...more: string[]) =>
    ['log', 'copy', '--from', from, '--to', to, ...more] as const
  const told = (out: string) => JSON.parse(out) as CopiedLog & { readonly error?: { readonly code: string } }

  it('takes a log into a directory and out of it again, and ends with 0', async () => {
    const there = await run(copying(source.url, embedded(), '--json'), {})
    expect([there.code, told(there.out)]).toMatchObject([
      0,
      { events, written: events, difference: null, sourceGrew: false },
    ])
    const again = await run(copying(embedded(), back.url, '--json'), {})
    expect([again.code, told(again.out)]).toMatchObject([0, { events, difference: null }])
    expect(told(again.out).targetDigest).toBe(told(there.out).sourceDigest)
    const text = await run(copying(source.url, embedded()), {})
    expect([text.code, text.out]).toEqual([0, expect.stringContaining('lần này ghi 0.')])
    expect(text.out).toContain('Hai kho giống nhau.')
  })

  it('ends with 1 where the source grew meanwhile, unless it is a backup of a running system', async () => {
    const whileWritten = async (...more: string[]) => {
      const { ended } = start(copying(source.url, embedded(), '--json', ...more), {})
      let isOver = false
      void ended.then(() => (isOver = true))
      while (!isOver) await store.append('thing-busy', [event()], 'any')
      return ended
    }
    const moved = await whileWritten()
    expect([moved.code, told(moved.out)]).toMatchObject([1, { difference: null, sourceGrew: true }])
    const backup = await whileWritten('--while-running')
    expect([backup.code, told(backup.out)]).toMatchObject([0, { difference: null, sourceGrew: true }])
  })

  it('ends with 1 and its reason where the target holds another log, and with 3 where nothing answers', async () => {
    const other = await testDatabase()
    const written = await PostgresEventStore.open({ connection: other.url })
    await written.append('other-1', [event()], 'no-stream')
    await written.close()
    const refused = await run(copying(source.url, other.url, '--json'), {})
    expect([refused.code, told(refused.out).error!.code]).toEqual([1, 'log-copy-target-differs'])
    await other.close()
    const away = await run(copying('postgresql://127.0.0.1:1/x', embedded(), '--json'), {})
    expect(away.code).toBe(3)
  })
})

function event(): NewEvent {
  return { id: crypto.randomUUID(), type: 'thing.Noted', data: { text: 'Nhiệm vụ' }, metadata: {} }
}
