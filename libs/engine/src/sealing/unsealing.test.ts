import { beforeEach, describe, expect, it } from '@jest/globals'
import { newId, systemClock, type JsonValue } from '#kernel'
import { InMemoryEventStore, type RecordedEvent } from '#event-store'
import { testKeys, testSealing } from '#testing/workflow'
import {
  CommandHandler,
  dataInPlace,
  InMemoryKeyTable,
  QueryHandler,
  Unsealing,
  type PersonalReading,
  type Query,
  type SubjectKeys,
} from '#engine'
import { NoData, type Sealed } from '#engine/workflow'
import { note, person, write } from './notes.fixture.js'

const [an, binh, chief] = ['an', 'binh', 'chief'].map(person)
const clock = systemClock

let store: InMemoryEventStore
let table: InMemoryKeyTable
let keys: SubjectKeys
let handler: CommandHandler
let reading: Unsealing

beforeEach(async () => {
  store = new InMemoryEventStore()
  table = new InMemoryKeyTable()
  keys = testKeys(table)
  handler = new CommandHandler({ store, clock, workflows: [note], sealing: testSealing(keys) })
  const load: CommandHandler['load'] = (workflow, aggregate) => handler.load(workflow, aggregate)
  reading = new Unsealing({ keys, workflows: [note], load })
  await handler.handle(write({ text: 'của An' }))
  await handler.handle(write({ text: 'của Bình' }, { aggregate: 'two', actor: binh! }))
})

async function event(stream = 'note-one', at = 0): Promise<RecordedEvent> {
  return (await store.readStream(stream))[at]!
}

async function sealedText(stream?: string): Promise<Sealed> {
  return ((await event(stream)).data as unknown as { text: Sealed }).text
}

describe('a reader', () => {
  it('with the right gets the text, without it the word that it is sealed, in one answer of both', async () => {
    const answer = [
      { code: 'one', text: await sealedText(), when: new Date(0) },
      { code: 'two', text: await sealedText('note-two'), when: new Date(0) },
    ]
    const sealed = { sealed: true }
    expect(await reading.open(answer, an!)).toMatchObject([{ text: 'của An' }, { text: sealed }])
    expect(await reading.open(answer, binh!)).toMatchObject([{ text: sealed }, { text: 'của Bình' }])
    expect(await reading.open(answer, chief!)).toMatchObject([{ text: 'của An' }, { text: 'của Bình' }])
    expect(await reading.open(answer, person('stranger'))).toEqual(
      answer.map((row) => ({ ...row, text: sealed })),
    )
  })

  it('gets what holds nothing sealed as it is', async () => {
    const answer = { rows: [{ at: new Date(), size: 1n, none: null, absent: undefined }] }
    expect(await reading.open(answer, an!)).toBe(answer)
  })

  it('is told of an erasure, whatever his right', async () => {
    const text = await sealedText()
    await keys.erase('note-one')
    for (const reader of [an!, person('stranger')])
      expect(await reading.open({ text }, reader)).toEqual({ text: { erased: true } })
  })

  it('of a text copied into another record needs the right to the record it is of', async () => {
    const text = await sealedText('note-two')
    expect(await reading.open({ copied: text }, an!)).toEqual({ copied: { sealed: true } })
  })

  it('is told that it cannot be read where the key is missing or the text was changed', async () => {
    const { $sealed } = await sealedText()
    const other = (await sealedText('note-two')).$sealed
    const broken = [
      { $sealed: { ...$sealed, key: newId() } },
      { $sealed: { ...$sealed, key: other.key } },
      { $sealed: { ...$sealed, at: { ...$sealed.at, path: 'by.name' } } },
      { $sealed: { ...$sealed, text: other.text, nonce: other.nonce } },
      { $sealed: { ...$sealed, v: 2 } },
      { $sealed: { ...$sealed, key: "x' or true" } },
      { $sealed: { ...$sealed, text: 1 } },
      { $sealed, more: 1 },
      { $sealed: null },
    ]
    expect(await reading.open(broken, chief!)).toEqual(broken.map(() => ({ unreadable: true })))
  })

  it('gets nothing of a workflow that names no readers', async () => {
    const silent = { ...note, personalReaders: [] }
    const load: CommandHandler['load'] = (workflow, aggregate) => handler.load(workflow, aggregate)
    const unsealing = new Unsealing({ keys, workflows: [silent], load })
    expect(await unsealing.open(await sealedText(), an!)).toEqual({ sealed: true })
  })
})

describe('the answer to a question', () => {
  const last: Query<NoData, JsonValue> = {
    name: 'notes.last',
    text: { vi: 'Ghi chú', en: 'Note' },
    input: NoData,
    roles: ['reader'],
    view: null,
    answer: async () => (await event()).data,
  }
  const reader = { ...an!, roles: ['reader'] }
  const ask = (personal?: PersonalReading) =>
    new QueryHandler({} as never, store, clock, 0, [], undefined, personal).ask(last, {}, reader)

  it('is opened for its reader on the way out, whatever the query does', async () => {
    expect((await ask(reading)).answer).toEqual({ text: 'của An' })
  })

  it('gives nobody anything where no reading was set up', async () => {
    expect((await ask()).answer).toEqual({ text: { sealed: true } })
  })
})

describe('an event that is shown', () => {
  it('shows what was sealed for it', async () => {
    const shown = await event()
    expect(dataInPlace(shown)).toBe(shown.data)
  })

  it('does not pass off what was sealed for another event, or for another of its fields', async () => {
    await handler.handle(write({ text: 'khác', by: { name: 'tên' } }))
    const [first, second] = [await event(), await event('note-one', 1)].map(({ id, type, data }) => ({
      id,
      type,
      data,
    }))
    const { text, by } = second!.data as unknown as { text: Sealed; by: { name: Sealed } }
    const moved = [
      { ...first!, data: { text } },
      { ...second!, data: { text: by.name, by: { name: text } } },
      { ...second!, type: 'note.Moved' },
      { ...first!, id: newId() },
    ]
    for (const forged of moved) expect(JSON.stringify(dataInPlace(forged as never))).not.toContain('$sealed')
    expect(dataInPlace({ ...first!, data: { text: 'từ trước khi niêm phong' } })).toEqual({
      text: 'từ trước khi niêm phong',
    })
  })
})
