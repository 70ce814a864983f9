import { IsInt, IsString } from 'class-validator'
import { deriveId, type JsonValue } from '#kernel'
import {
  foldTouched,
  observingContext,
  process,
  processingContext,
  timingContext,
  type Command,
  type Process,
  type Projection,
} from '#engine'
import { NoData, party, workflow, type Actor, type Stateful } from '#engine/workflow'

/** What many processes write at once: cases that are opened, noted on, closed; a process reminds, another books. */

class Open {
  @IsString() agency!: string
}
class Note {
  @IsInt() amount!: number
}
class Post {
  @IsString() case!: string
  @IsInt() amount!: number
}

interface Case extends Stateful {
  readonly status: 'new' | 'open' | 'closed'
  readonly agency: string | null
  readonly notes: number
  readonly total: number
  readonly reminders: number
}

type CaseEvents = {
  'case.Opened': Open
  'case.Noted': Note
  'case.Closed': { readonly agency: string; readonly total: number }
  'case.Reminded': NoData
}

const anyone = { vi: 'ai cũng được', en: 'anyone' }
const anyState = ['new', 'open', 'closed'] as const

export const cases = workflow<Case, { Open: Open; Note: Note; Close: NoData; Remind: NoData }, CaseEvents>({
  name: 'case',
  initial: { status: 'new', agency: null, notes: 0, total: 0, reminders: 0 },
  statuses: {
    new: { vi: 'chưa mở', en: 'new' },
    open: { vi: 'đang mở', en: 'open' },
    closed: { vi: 'đã đóng', en: 'closed' },
  },
  transitions: {
    Open: {
      text: { vi: 'Mở', en: 'Open' },
      input: Open,
      from: ['new'],
      by: [party('anyone', anyone, () => true)],
      to: ['open'],
      decide: ({ command }) => [{ type: 'case.Opened', data: command }],
    },
    Note: {
      text: { vi: 'Ghi', en: 'Note' },
      input: Note,
      from: anyState,
      by: [party('anyone', anyone, () => true)],
      to: anyState,
      decide: ({ command }) => [{ type: 'case.Noted', data: command }],
    },
    Close: {
      text: { vi: 'Đóng', en: 'Close' },
      input: NoData,
      from: ['open'],
      by: [party('anyone', anyone, () => true)],
      to: ['closed'],
      decide: ({ state: { agency, total } }) => [
        { type: 'case.Closed', data: { agency: agency ?? '', total } },
      ],
    },
    Remind: {
      text: { vi: 'Nhắc', en: 'Remind' },
      input: NoData,
      from: anyState,
      by: [party('anyone', anyone, () => true)],
      to: anyState,
      decide: () => [{ type: 'case.Reminded', data: {} }],
    },
  },
  evolve: {
    'case.Opened': (state, { agency }) => ({ ...state, status: 'open', agency }),
    'case.Noted': (state, { amount }) => ({ ...state, notes: state.notes + 1, total: state.total + amount }),
    'case.Closed': (state) => ({ ...state, status: 'closed' }),
    'case.Reminded': (state) => ({ ...state, reminders: state.reminders + 1 }),
  },
})

interface Account extends Stateful {
  readonly status: 'kept'
  readonly postings: number
  readonly total: number
}

export const accounts = workflow<Account, { Post: Post }, { 'account.Posted': Post }>({
  name: 'account',
  initial: { status: 'kept', postings: 0, total: 0 },
  statuses: { kept: { vi: 'đang ghi', en: 'kept' } },
  transitions: {
    Post: {
      text: { vi: 'Ghi sổ', en: 'Post' },
      input: Post,
      from: ['kept'],
      by: [party('anyone', anyone, () => true)],
      to: ['kept'],
      decide: ({ command }) => [{ type: 'account.Posted', data: command }],
    },
  },
  evolve: {
    'account.Posted': ({ postings, total }, { amount }) => ({
      status: 'kept',
      postings: postings + 1,
      total: total + amount,
    }),
  },
})

/** From opening to reminder: so that timers fall due while the writers write. */
const remindAfterMs = 3_000

const caseOf = ({ stream }: { readonly stream: string }): string => stream.slice('case-'.length)

const reminding = process<null, { readonly what: 'opened' | 'due' }>({
  name: 'reminding',
  version: 1,
  reacts: { 'case.Opened': { instance: caseOf, input: () => ({ what: 'opened' }) } },
  timers: { remind: () => ({ what: 'due' }) },
  initial: null,
  evolve: () => null,
  decide({ what }, _state, { instance, event, timers }) {
    const at = new Date(Date.parse(event.recordedAt) + remindAfterMs).toISOString()
    if (what === 'opened') return { commands: [timers.schedule('remind', { at })] }
    const remind = { workflow: 'case', aggregate: instance, transition: 'Remind', data: {} }
    return { commands: [remind], ended: true }
  },
})

/** Many cases to an account: commands of many instances meet at one aggregate. */
const booking = process<null, { readonly agency: string; readonly amount: number }>({
  name: 'booking',
  version: 1,
  reacts: {
    'case.Closed': {
      instance: caseOf,
      input({ data }) {
        const { agency, total } = data as CaseEvents['case.Closed']
        return { agency, amount: total }
      },
    },
  },
  initial: null,
  evolve: () => null,
  decide: ({ agency, amount }, _state, { instance }) => ({
    commands: [
      { workflow: 'account', aggregate: agency, transition: 'Post', data: { case: instance, amount } },
    ],
    ended: true,
  }),
})

const selectCases = 'SELECT id, state FROM case_board WHERE id = ANY ($1)'

const upsertCases = `
  INSERT INTO case_board SELECT * FROM json_populate_recordset(null::case_board, $1)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`

/** One row a case: its fold. */
const caseBoard: Projection = {
  name: 'case_board',
  version: 1,
  events: cases.eventTypes,
  create: `CREATE TABLE case_board (id text COLLATE "C" PRIMARY KEY, state json NOT NULL, updated_at timestamptz NOT NULL)`,
  rules: [selectCases, upsertCases, cases],
  async apply(transaction, events) {
    const touched = await foldTouched(cases, events, transaction, selectCases)
    const rows = touched.map(({ id, state, updatedAt }) => ({ id, state, updated_at: updatedAt }))
    await transaction.query(upsertCases, [JSON.stringify(rows)])
  },
}

/** Adds to what is there, so that a page taken twice or not at all would show for ever. */
function adding(name: string, events: readonly string[], keyOf: (of: Added) => string): Projection {
  const add = `
    INSERT INTO ${name} AS t SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
    ON CONFLICT (key) DO UPDATE SET events = t.events + excluded.events, amount = t.amount + excluded.amount`
  return {
    name,
    version: 1,
    events,
    create: `CREATE TABLE ${name} (key text PRIMARY KEY, events bigint NOT NULL, amount bigint NOT NULL)`,
    async apply(transaction, page) {
      const sums = new Map<string, [number, number]>()
      for (const { type, stream, data } of page) {
        const key = keyOf({ type, stream })
        const [count, amount] = sums.get(key) ?? [0, 0]
        sums.set(key, [count + 1, amount + ((data as Partial<Note>).amount ?? 0)])
      }
      const rows = [...sums.values()]
      await transaction.query(add, [
        [...sums.keys()],
        rows.map(([count]) => count),
        rows.map(([, sum]) => sum),
      ])
    },
  }
}

interface Added {
  readonly type: string
  readonly stream: string
}

export const workflows = [
  cases,
  accounts,
  ...[timingContext, processingContext].flatMap((context) => context.workflows),
]

/** Six: three that the engine itself needs, a fold, and two that count. */
export const projections: readonly Projection[] = [
  ...timingContext.projections,
  ...processingContext.projections,
  ...observingContext.projections.filter(({ name }) => name === 'event_trace'),
  caseBoard,
  adding('case_sums', cases.eventTypes, ({ type }) => type),
  adding('account_sheet', accounts.eventTypes, ({ stream }) => stream.slice('account-'.length)),
]

export const processes: readonly Process[] = [reminding, booking]

/** A part of what one writer writes: in order, side by side with its other parts. */
export type Part = readonly Omit<Command, 'actor'>[]

export interface Plan {
  /** Marks the names of this plan's aggregates. */
  readonly run: string
  readonly cases: number
  readonly writers: number
}

/** Accounts the cases are booked to. */
const agencies = 32

/** Every so manieth case is noted on by all writers, not by its own alone. */
const sharedEvery = 20

/** Each writer opens, notes on and closes its cases, and notes on those that are everybody's. */
export function partsOf({ run, cases: count, writers }: Plan, writer: number): readonly Part[] {
  const parts: Part[] = []
  const command = (index: number, transition: string, place: number, data: JsonValue) => ({
    id: deriveId('scale', run, String(writer), String(index), String(place)),
    workflow: 'case',
    aggregate: `${run}-${index}`,
    transition,
    data,
  })
  for (let index = 0; index < count; index++)
    if (index % writers === writer)
      parts.push([
        command(index, 'Open', 0, { agency: `${run}-${index % agencies}` }),
        command(index, 'Note', 1, { amount: index + 1 }),
        command(index, 'Note', 2, { amount: 7 }),
        command(index, 'Close', 3, {}),
      ])
    else if (index % sharedEvery === 0) parts.push([command(index, 'Note', 1, { amount: writer + 1 })])
  return parts
}

export const writerActor: Actor = { id: 'writer', agency: null, roles: [], scope: 'all' }
