import { beforeEach, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { IsObject } from 'class-validator'
import fc from 'fast-check'
import { canonicalJson, deriveId, newId, type JsonValue } from '#kernel'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { virtualClock } from '#testing'
import { testKeys, testSealing } from '#testing/workflow'
import { CommandHandler, InMemoryKeyTable, KeyedSealing, MasterKeys, SubjectKeys } from '#engine'
import { note, person, write } from './notes.fixture.js'

class Pass {
  @IsObject() text!: object
}

const marker = 'Nguyễn Văn A'
const clock = virtualClock('2025-03-14T01:00:00Z')

let store: InMemoryEventStore
let keys: SubjectKeys
let handler: CommandHandler

function fresh(sealing = new KeyedSealing(keys)): CommandHandler {
  return new CommandHandler({ store, clock, workflows: [note], sealing })
}

beforeEach(() => {
  store = new InMemoryEventStore({ clock })
  keys = testKeys()
  handler = fresh()
})

async function log(stream = 'note-one'): Promise<readonly RecordedEvent[]> {
  return store.readStream(stream)
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member))

const isSealed = { $sealed: expect.objectContaining({ v: 1 }) }

describe('a command with personal fields', () => {
  const whole = {
    text: `${marker} nghỉ ốm`,
    by: { name: marker, office: 'Giám đốc' },
    signers: [{ name: marker, office: 'Phó giám đốc' }, { office: 'Chánh văn phòng' }],
  }

  it('leaves nothing of them in the log, the answer or the state, and the rest as it was', async () => {
    const outcome = await handler.handle(write(whole))
    expect(outcome).toMatchObject({
      status: 'accepted',
      events: [{ data: { text: isSealed, by: { name: isSealed, office: 'Giám đốc' } } }],
      state: { text: isSealed },
    })
    const [event] = await log()
    expect(event!.data).toMatchObject({
      text: isSealed,
      by: { name: isSealed, office: 'Giám đốc' },
      signers: [{ name: isSealed, office: 'Phó giám đốc' }, { office: 'Chánh văn phòng' }],
    })
    expect(textOf([outcome, await log(), await fresh().load(note, 'one')])).not.toContain('Nguy')
  })

  it('leaves absent and null as they are, and makes no key where nothing is personal', async () => {
    await handler.handle(write({}, { transition: 'Move' }))
    expect((await log())[0]!.data).toEqual({ before: null })
    expect(await keys.known('note-one')).toBeUndefined()
  })

  it('gives the same bytes when it is sent again, by another process and after a restart', async () => {
    const command = write(whole)
    const first = await handler.handle(command)
    const before = (await log())[0]!.dataText
    expect(await fresh().handle(command)).toMatchObject({
      status: 'repeated',
      events: (first as never)['events'],
    })
    // A store that lost the answer compares the payloads.
    const elsewhere = new InMemoryEventStore({ clock })
    await new CommandHandler({
      store: elsewhere,
      clock,
      workflows: [note],
      sealing: testSealing(keys),
    }).handle(command)
    expect((await elsewhere.readStream('note-one'))[0]!.dataText).toBe(before)
  })

  it('is known by a digest that cannot be found by trying', async () => {
    const command = write({ text: 'Nghỉ ốm' })
    await handler.handle(command)
    const { digest } = (await log())[0]!.metadata as { digest: string }
    const { transition, data, actor } = command
    const content = canonicalJson({ transition, data, actor: actor.id, occurredAt: null })
    expect(digest).not.toContain(createHash('sha256').update(content).digest('base64url'))
    expect(digest).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/)
    for (const one of [handler, fresh()])
      await expect(one.handle({ ...command, data: { text: 'Đi vắng' } })).rejects.toMatchObject({
        code: 'command-id-taken',
      })
  })

  it('that was taken before there was a sealing is known again, and answered as it stands', async () => {
    const command = write({ text: 'chưa niêm phong' })
    const { transition, data, actor } = command
    const content = canonicalJson({ transition, data, actor: actor.id, occurredAt: null })
    const metadata = {
      commandId: command.id,
      transition,
      digest: createHash('sha256').update(content).digest('base64url'),
      actor: actor.id,
      agency: null,
      occurredAt: '2020-01-01T00:00:00Z',
      correlationId: command.id,
      causationId: null,
    }
    const event = { id: deriveId(command.id, 0), type: 'note.Written', data, metadata }
    await store.append('note-one', [event], 'no-stream')
    expect(await handler.handle(command)).toMatchObject({ status: 'repeated', events: [{ data }] })
    await expect(handler.handle({ ...command, data: { text: 'khác' } })).rejects.toMatchObject({
      code: 'command-id-taken',
    })
    await handler.handle(write({}, { transition: 'Move' }))
    expect((await log())[1]!.data).toMatchObject({ before: isSealed })
  })

  it('as a dry run makes no key, writes nothing and shows the sender his own words', async () => {
    const planned = await handler.handle(write(whole, { dryRun: true }))
    expect(planned).toMatchObject({ status: 'planned', events: [{ data: whole }], state: { text: isSealed } })
    expect(await log()).toEqual([])
    expect(await keys.known('note-one')).toBeUndefined()
  })

  it('may be made of any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const aggregate = newId()
        await handler.handle(write({ text }, { aggregate }))
        const sealed = (await log(`note-${aggregate}`))[0]!.data as { text: never }
        const key = (await keys.known(`note-${aggregate}`))!
        expect(key.open(sealed.text)).toBe(text)
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is sealed already', () => {
  it('is taken from no sender, at whatever depth', async () => {
    await handler.handle(write({ text: marker }))
    const { text: sealed } = (await log())[0]!.data as { text: JsonValue }
    for (const [data, path] of [
      [{ text: sealed }, 'text'],
      [{ text: 'x', signers: [{ name: 'y' }, { office: sealed }] }, 'signers.1.office'],
      [{ text: { $sealed: null } }, 'text'],
      [{ $sealed: {} }, '$'],
    ] as const)
      await expect(handler.handle(write(data))).rejects.toMatchObject({
        code: 'invalid-input',
        problems: [{ path, code: 'sealedInput' }],
      })
    expect(await log()).toHaveLength(1)
  })

  it('is sealed anew where a decision takes it over, and opens there', async () => {
    await handler.handle(write({ text: marker }))
    await handler.handle(write({}, { transition: 'Move' }))
    const [, moved] = await log()
    const { before } = moved!.data as { before: { $sealed: { at: object } } }
    expect(before.$sealed.at).toEqual({ event: moved!.id, type: 'note.Moved', path: 'before' })
    expect((await keys.known('note-one'))!.open(before as never)).toBe(marker)
  })

  it('stands at no place that its workflow does not declare', async () => {
    await handler.handle(write({ text: marker }))
    await expect(handler.handle(write({}, { transition: 'Stray' }))).rejects.toMatchObject({
      kind: 'fault',
      code: 'sealed-value-misplaced',
      details: { type: 'note.Strayed', path: 'deep.0.copy' },
    })
    expect(await log()).toHaveLength(1)
  })

  it('of another record is passed on by the program itself, still under the key of that record', async () => {
    await handler.handle(write({ text: marker }))
    const { text } = (await log())[0]!.data as { text: JsonValue }
    const passingOn = {
      ...note,
      transitions: new Map([
        ...note.transitions,
        [
          'Pass',
          {
            ...note.transitions.get('Move')!,
            input: Pass,
            decide: ({ command }: { command: unknown }) => [
              { type: 'note.Written', data: command as object },
            ],
          },
        ],
      ]),
    } as typeof note
    const program = new CommandHandler({ store, clock, workflows: [passingOn], sealing: testSealing(keys) })
    const system = { ...person('system'), roles: ['system'] }
    await program.handle(write({ text }, { aggregate: 'two', transition: 'Pass', actor: system }))
    expect((await log('note-two'))[0]!.data).toEqual({ text })
  })

  it('is left as it is where its key is gone', async () => {
    await handler.handle(write({ text: marker }))
    const { text } = (await log())[0]!.data as { text: JsonValue }
    await keys.erase('note-one')
    await handler.handle(write({}, { transition: 'Move' }))
    expect((await log())[1]!.data).toEqual({ before: text })
  })
})

describe('after an erasure', () => {
  it('a command sent again is known by its id, and what is written later has a new key', async () => {
    const command = write({ text: marker })
    await handler.handle(command)
    expect(await keys.erase('note-one')).toBe(true)
    expect(await keys.erase('note-one')).toBe(false)
    expect(await fresh().handle(command)).toMatchObject({ status: 'repeated' })
    await handler.handle(write({ text: 'mới' }))
    const used = (await log()).map(({ data }) => (data as never)['text']['$sealed']['key'])
    expect(new Set(used).size).toBe(2)
  })
})

describe('a command that comes to nothing', () => {
  it('tells attempts everything but its data', async () => {
    const told: unknown[] = []
    const attempts = { refused: (...given: unknown[]): void => void told.push(given) }
    const watched = new CommandHandler({
      store,
      clock,
      workflows: [note],
      sealing: testSealing(keys),
      attempts,
    })
    await expect(watched.handle(write({ txet: marker }))).rejects.toMatchObject({ code: 'invalid-input' })
    expect(told).toEqual([[expect.objectContaining({ transition: 'Write' }), 'invalid-input', null]])
    expect(JSON.stringify(told)).not.toContain(marker)
  })
})

describe('without what it takes', () => {
  it('a handler of workflows with personal fields is not made', () => {
    expect(() => new CommandHandler({ store, clock, workflows: [note] })).toThrow(
      expect.objectContaining({ code: 'sealing-missing', details: { workflow: 'note' } }),
    )
  })

  it.each([
    ['the key table cannot be reached', 'personal-keys-unreachable'],
    ['no master key unwraps the key', 'personal-key-unusable'],
  ])('nothing is written: %s', async (_what, code) => {
    const table = new InMemoryKeyTable()
    await fresh(new KeyedSealing(testKeys(table))).handle(write({ text: 'a' }))
    const broken = Object.assign(Object.create(table) as InMemoryKeyTable, {
      take: () => Promise.reject(new Error('connection lost')),
    })
    const masters = MasterKeys.parse(MasterKeys.generate(), 'test')!
    const sealing =
      code === 'personal-key-unusable'
        ? new KeyedSealing(new SubjectKeys(table, masters))
        : new KeyedSealing(testKeys(broken))
    const failed = await fresh(sealing)
      .handle(write({ text: marker }))
      .catch((error: unknown) => error)
    expect(failed).toMatchObject({ kind: 'fault', code })
    expect(await log()).toHaveLength(1)
  })

  it('a command of a key that is missing is not taken for another', async () => {
    const command = write({ text: marker })
    await handler.handle(command)
    await expect(fresh(testSealing()).handle(command)).rejects.toMatchObject({ code: 'personal-key-missing' })
  })
})
