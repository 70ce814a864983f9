import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Command } from 'commander'
import { CommandHandler, processWorkflow, timerWorkflow } from '#engine'
import type { Actor } from '#engine/workflow'
import { PostgresEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { testDatabase, testMasterKey, type TestDatabase } from '#testing'
import { addProcessesCommands } from './processes.commands.js'
import { addTimersCommands } from './timers.commands.js'

const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }
const hour = 3_600_000
const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString()

describe('timers and processes at the terminal', () => {
  const environment = { ...process.env }
  let server: TestDatabase
  let store: PostgresEventStore
  let written: string

  beforeAll(async () => {
    server = await testDatabase()
    Object.assign(process.env, {
      ROVIEC_DATABASE_URL: server.url,
      ROVIEC_DEMO: 'false',
      ROVIEC_MASTER_KEY: testMasterKey,
    })
    store = await PostgresEventStore.open({ connection: server.url })
    for (const [timer, hours] of [
      ['late', 2],
      ['soon', 1],
      ['other', 3],
    ] as const) {
      const owner = { kind: 'workflow', name: timer === 'other' ? 'dossier' : 'task', id: `id-${timer}` }
      await send('timer', timer, 'Schedule', { owner, name: 'nhắc', at: inHours(hours), catchUp: 'once' })
    }
    const event = { id: newId(), type: 'task.Assigned', stream: 'task-1', revision: '0', position: '1' }
    const held = {
      event: { ...event, correlationId: newId() },
      code: 'TypeError',
      message: 'TypeError at x.ts:1',
    }
    await send('process', 'reminder:one', 'Hold', held)
  })
  afterAll(async () => {
    process.env = environment
    await store.close()
    await server.close()
  })
  beforeEach(() => {
    written = ''
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text)
      return true
    })
  })
  afterEach(() => {
    jest.restoreAllMocks()
    process.exitCode = undefined
  })

  const send = async (
    workflow: string,
    aggregate: string,
    transition: string,
    data: JsonValue,
  ): Promise<void> => {
    const commands = new CommandHandler({
      store,
      clock: systemClock,
      workflows: [timerWorkflow, processWorkflow],
    })
    await commands.handleOrThrow({ id: newId(), workflow, aggregate, transition, data, actor: system })
  }
  const roviec = async (...words: string[]): Promise<string> => {
    written = ''
    const program = new Command('roviec').option('--json').exitOverride()
    addTimersCommands(program)
    addProcessesCommands(program)
    await program.parseAsync(words, { from: 'user' })
    return written
  }
  const json = async (...words: string[]): Promise<unknown> => JSON.parse(await roviec(...words, '--json'))

  it('lists the timers to come, the next first, and those of one owner', async () => {
    const items = ['soon', 'late', 'other'].map((timer) => ({ timer }))
    expect(await json('timers', 'list')).toMatchObject({ items, next: null })
    expect(await json('timers', 'list', '--owner', 'task', '--limit', '1')).toMatchObject({
      items: [{ timer: 'soon', owner: { kind: 'workflow', name: 'task', id: 'id-soon' } }],
      next: expect.stringContaining('~soon'),
    })
    expect(await roviec('timers', 'list', '--owner-id', 'id-other')).toContain('dossier: id-other')
  })

  it('moves, fires and cancels them for a reason, in the name of the operator', async () => {
    await roviec('timers', 'reschedule', 'late', '--at', inHours(0.5), '--reason', 'làm sớm')
    expect(await json('timers', 'list')).toMatchObject({
      items: [{ timer: 'late' }, { timer: 'soon' }, { timer: 'other' }],
    })
    expect(await roviec('timers', 'fire', 'soon', '--reason', 'tập huấn')).toContain('đã đến hạn')
    expect(await roviec('timers', 'cancel', 'other', '--reason', 'không cần')).toContain('đã hủy')
    expect(await json('timers', 'list')).toMatchObject({ items: [{ timer: 'late' }], next: null })
    expect(await json('timers', 'show', 'soon')).toMatchObject({
      state: { status: 'fired' },
      history: [
        { type: 'timer.Scheduled', actor: 'system' },
        { type: 'timer.Fired', actor: 'van-hanh', data: { reason: 'tập huấn' } },
      ],
    })
    await expect(roviec('timers', 'fire', 'soon', '--reason', 'nữa')).rejects.toMatchObject({
      code: 'transition-not-allowed',
    })
    await expect(roviec('timers', 'show', 'none')).rejects.toMatchObject({ code: 'timer-unknown' })
  })

  it('shows what holds a process, and lets it go on', async () => {
    const about = { process: 'reminder', instance: 'one', kind: 'held', code: 'TypeError' }
    expect(await json('incidents')).toMatchObject([about])
    expect(await roviec('incidents')).toContain('reminder:one')
    expect(await json('processes', 'list', '--status', 'held')).toMatchObject({
      items: [{ process: 'reminder', instance: 'one', waiting: 1 }],
    })
    expect(await roviec('processes', 'show', 'reminder:one')).toContain('dừng chờ xử lý sự cố')
    await roviec('processes', 'dismiss', 'reminder:one', '--reason', 'sự kiện trùng')
    expect(await json('incidents')).toEqual([])
    expect(await roviec('incidents')).toContain('Không có sự cố')
  })
})
