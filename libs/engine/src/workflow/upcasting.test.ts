import { beforeEach, describe, expect, it } from '@jest/globals'
import { IsOptional, IsString } from 'class-validator'
import { deriveId, newId, type JsonValue } from '#kernel'
import { InMemoryEventStore } from '#event-store'
import { virtualClock } from '#testing'
import { CommandHandler, foldTouched } from '#engine'
import { party, workflow, type Actor } from '#engine/workflow'

/** As the first release wrote it: the officials in one text. */
interface MinutesV1 {
  readonly present: string
}
/** Then as a list; then with their number, and the place, of which older minutes say nothing. */
interface MinutesV2 {
  readonly present: readonly string[]
}
interface MinutesV3 extends MinutesV2 {
  readonly place: string | null
}

class Take {
  @IsString({ each: true }) present!: string[]
  @IsOptional() @IsString() place?: string
}

interface Minutes {
  readonly status: 'none' | 'taken'
  readonly present: readonly string[]
  readonly place: string | null
}

const v1to2 = ({ present }: MinutesV1): MinutesV2 => ({ present: present.split('; ') })
const v2to3 = (data: MinutesV2): MinutesV3 => ({ ...data, place: null })
const anyone = party<Minutes>('anyone', { vi: 'mọi người', en: 'anyone' }, () => true)

const minutes = workflow<Minutes, { Take: Take }, { 'minutes.Taken': MinutesV3 }>({
  name: 'minutes',
  initial: { status: 'none', present: [], place: null },
  statuses: { none: { vi: 'chưa có', en: 'none' }, taken: { vi: 'đã lập', en: 'taken' } },
  transitions: {
    Take: {
      text: { vi: 'Lập biên bản', en: 'Take minutes' },
      input: Take,
      from: ['none', 'taken'],
      by: [anyone],
      to: ['taken'],
      decide: ({ command }) => [
        { type: 'minutes.Taken', data: { present: command.present, place: command.place ?? null } },
      ],
    },
  },
  evolve: { 'minutes.Taken': (_state, { present, place }) => ({ status: 'taken', present, place }) },
  upcast: { 'minutes.Taken': [v1to2, v2to3] },
})

const actor: Actor = { id: 'a', agency: null, roles: [], scope: 'all' }
const clock = virtualClock('2025-03-14T01:00:00Z')
const asOfVersion: Readonly<Record<string, { schema?: number; data: JsonValue }>> = {
  'none named, which is the first': { data: { present: 'An; Bình' } },
  'the first': { schema: 1, data: { present: 'An; Bình' } },
  'the second': { schema: 2, data: { present: ['An', 'Bình'] } },
  'the present one': { schema: 3, data: { present: ['An', 'Bình'], place: null } },
}

let store: InMemoryEventStore
let handler: CommandHandler

async function recorded(commandId: string, data: JsonValue, schema?: number): Promise<void> {
  const metadata = {
    commandId,
    transition: 'Take',
    digest: 'x',
    actor: 'a',
    agency: null,
    occurredAt: '2020-01-01T00:00:00Z',
    correlationId: commandId,
    causationId: null,
    ...(schema !== undefined && { schema }),
  }
  await store.append(
    'minutes-1',
    [{ id: deriveId(commandId, 0), type: 'minutes.Taken', data, metadata }],
    'any',
  )
}

function take(): Parameters<CommandHandler['handle']>[0] {
  const data = { present: ['Chi'], place: 'Hội trường' }
  return { id: newId(), workflow: 'minutes', aggregate: '1', transition: 'Take', data, actor }
}

beforeEach(() => {
  store = new InMemoryEventStore({ clock })
  handler = new CommandHandler({ store, clock, workflows: [minutes] })
})

describe('an event that was recorded in an older form', () => {
  it.each(Object.entries(asOfVersion))(
    'is loaded as of today: version %s',
    async (_which, { schema, data }) => {
      await recorded(newId(), data, schema)
      const expected = { status: 'taken', present: ['An', 'Bình'], place: null }
      expect((await handler.load(minutes, '1')).state).toEqual(expected)
      const [event] = await store.readStream('minutes-1')
      expect(minutes.upcast(event!.type, event!.data, schema)).toEqual({
        present: ['An', 'Bình'],
        place: null,
      })
      const none = { query: () => Promise.resolve({ rows: [] }) } as never
      expect(await foldTouched(minutes, [event!], none, '')).toMatchObject([{ id: '1', state: expected }])
    },
  )

  it('stays as it was in the log', async () => {
    await recorded(newId(), { present: 'An; Bình' })
    await handler.handle(take())
    expect((await store.readStream('minutes-1'))[0]!.dataText).toBe('{"present":"An; Bình"}')
  })

  it('answers its command, sent again after years, in the form of today', async () => {
    const command = take()
    await handler.handle(command)
    const [written] = await store.readStream('minutes-1')
    store = new InMemoryEventStore({ clock })
    const metadata = { ...(written!.metadata as object), schema: 1 }
    const old = { id: written!.id, type: written!.type, data: { present: 'Chi' }, metadata }
    await store.append('minutes-1', [old], 'no-stream')
    const again = new CommandHandler({ store, clock, workflows: [minutes] })
    expect(await again.handle(command)).toMatchObject({
      status: 'repeated',
      events: [{ data: { present: ['Chi'], place: null } }],
      state: { present: ['Chi'], place: null },
    })
  })
})

describe('an event written now', () => {
  it('names its version in its metadata, and is folded in the form it was decided in', async () => {
    const command = take()
    for (const dryRun of [true, false])
      expect(await handler.handle({ ...command, dryRun })).toMatchObject({
        state: { present: ['Chi'], place: 'Hội trường' },
      })
    const [event] = await store.readStream('minutes-1')
    expect(event!.metadata).toMatchObject({ schema: 3 })
    const restarted = new CommandHandler({ store, clock, workflows: [minutes] })
    expect((await restarted.load(minutes, '1')).state).toMatchObject({ place: 'Hội trường' })
  })
})

describe('an event of a newer program', () => {
  it.each([4, 0, 1.5, '2', null])(
    'is not guessed at: version %p stops the aggregate and the view',
    async (schema) => {
      await recorded(newId(), { present: ['An'] }, schema as number)
      const error = {
        kind: 'fault',
        code: 'unknown-event-version',
        details: { type: 'minutes.Taken', known: 3 },
      }
      await expect(handler.handle(take())).rejects.toMatchObject(error)
      const none = { query: () => Promise.resolve({ rows: [] }) } as never
      await expect(foldTouched(minutes, await store.readStream('minutes-1'), none, '')).rejects.toMatchObject(
        error,
      )
      expect(await store.readStream('minutes-1')).toHaveLength(1)
    },
  )
})
