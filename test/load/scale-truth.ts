import { readFile } from 'node:fs/promises'
import { migrate, type Database } from '#database'
import { engineMigrations, listProgress, ProjectionRunner, reached, type EventMetadata } from '#engine'
import type { EventStore, Position } from '#event-store'
import { answeredOf, type Answered } from './scale-children.js'
import { processes, projections } from './scale-workload.js'

/** What the end must be, told by the answers of commands alone. */
interface Expected {
  /** By aggregate: events in the order of their revisions, as far as commands were answered. */
  readonly cases: ReadonlyMap<string, { readonly notes: number; readonly total: number }>
  /** What each case was closed with: notes that came in later are not in it. */
  readonly closings: ReadonlyMap<string, number>
}

/** In what the log and the views differ from what was answered: nothing, in a system that works. */
export async function differences(
  store: EventStore,
  database: Database,
  begin: Position,
  noteFiles: readonly string[],
): Promise<readonly string[]> {
  const answered = await readAnswers(noteFiles)
  const expected = expectedFrom(answered)
  return [
    ...(await ofTheLog(store, begin, answered, expected)),
    ...(await ofTheBoard(database, expected)),
    ...(await ofTheSheet(database, expected)),
    ...(await ofWhatWaits(database)),
  ].slice(0, 20)
}

/** A command answered twice, before a writer was killed and after, has the same answer. */
async function readAnswers(noteFiles: readonly string[]): Promise<ReadonlyMap<string, Answered>> {
  const answered = new Map<string, Answered>()
  for (const file of noteFiles)
    for (const line of (await readFile(file, 'utf8')).trimEnd().split('\n')) {
      const answer = answeredOf(line)
      const before = answered.get(answer.id)
      if (before !== undefined && before.revision !== answer.revision)
        throw new Error(`command ${answer.id} was answered ${before.revision} and then ${answer.revision}`)
      answered.set(answer.id, answer)
    }
  return answered
}

function expectedFrom(answered: ReadonlyMap<string, Answered>): Expected {
  const byCase = new Map<string, Answered[]>()
  for (const answer of answered.values())
    byCase.set(answer.aggregate, [...(byCase.get(answer.aggregate) ?? []), answer])
  const cases = new Map<string, { notes: number; total: number }>()
  const closings = new Map<string, number>()
  const sum = (notes: readonly Answered[]): number => notes.reduce((total, { amount }) => total + amount, 0)
  for (const [id, answers] of byCase) {
    const notes = answers.filter(({ transition }) => transition === 'Note')
    cases.set(id, { notes: notes.length, total: sum(notes) })
    const closing = answers.find(({ transition }) => transition === 'Close')
    if (closing !== undefined)
      closings.set(id, sum(notes.filter(({ revision }) => revision < closing.revision)))
  }
  return { cases, closings }
}

/** Each answered command is in the log once and where its answer said; nothing is there that nobody sent. */
async function ofTheLog(
  store: EventStore,
  begin: Position,
  answered: ReadonlyMap<string, Answered>,
  { closings }: Expected,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const left = new Map(answered)
  const [reminded, posted, fired] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  const count = (counts: Map<string, number>, of: string): unknown =>
    counts.set(of, (counts.get(of) ?? 0) + 1)
  for await (const page of store.readAll({ from: begin }))
    for (const { type, stream, revision, data, metadata } of page) {
      const { commandId } = metadata as unknown as EventMetadata
      if (type === 'case.Reminded') count(reminded, stream.slice('case-'.length))
      else if (type === 'timer.Fired') count(fired, (data as { owner: { id: string } }).owner.id)
      else if (type === 'account.Posted') {
        const { case: of, amount } = data as { readonly case: string; readonly amount: number }
        count(posted, of)
        if (closings.get(of) !== amount)
          wrong.push(`${of} was booked with ${amount}, closed with ${closings.get(of)}`)
      } else if (type.startsWith('case.')) {
        const answer = left.get(commandId)
        if (answer?.revision !== Number(revision))
          wrong.push(`${stream} ${revision} is ${commandId} of nobody`)
        left.delete(commandId)
      }
    }
  for (const id of left.keys()) wrong.push(`command ${id} was answered and is not in the log`)
  for (const [what, counts] of Object.entries({ reminded, posted, fired }))
    for (const id of closings.keys())
      if (counts.get(id) !== 1) wrong.push(`${id}: ${what} ${counts.get(id) ?? 0} times`)
  return wrong
}

async function ofTheBoard(database: Database, { cases }: Expected): Promise<readonly string[]> {
  const { rows } = await database.query<{
    id: string
    state: { status: string; notes: number; total: number; reminders: number }
  }>('SELECT id, state FROM view.case_board WHERE id = ANY ($1)', [[...cases.keys()]])
  const shown = new Map(rows.map(({ id, state }) => [id, state]))
  return [...cases].flatMap(([id, { notes, total }]) => {
    const row = shown.get(id)
    const isRight =
      row?.status === 'closed' && row.notes === notes && row.total === total && row.reminders === 1
    return isRight
      ? []
      : [`the board shows ${id} as ${JSON.stringify(row)} instead of ${notes} notes, ${total}`]
  })
}

async function ofTheSheet(database: Database, { closings }: Expected): Promise<readonly string[]> {
  const booked =
    'SELECT sum(events)::int AS count, sum(amount)::float8 AS amount FROM view.account_sheet WHERE key LIKE $1'
  const run = [...closings.keys()][0]?.split('-')[0] ?? ''
  const { rows } = await database.query<{ count: number | null; amount: number | null }>(booked, [`${run}-%`])
  const amount = [...closings.values()].reduce((total, closed) => total + closed, 0)
  const row = rows[0]
  if (row?.count === closings.size && row.amount === amount) return []
  return [`the sheet shows ${JSON.stringify(row)} instead of ${closings.size} postings of ${amount}`]
}

/** No timer pending, no instance under way, no incident, no stream parked. */
async function ofWhatWaits(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ what: string; count: number }>(`
    SELECT 'timers' AS what, count(*)::int AS count FROM view.timer_due
    UNION ALL SELECT 'instances', count(*)::int FROM view.process_instance WHERE status <> 'ended' OR incidents > 0
    UNION ALL SELECT 'parked', sum(parked)::int FROM roviec.projection`)
  return rows.flatMap(({ what, count }) => (count === 0 ? [] : [`${count} ${what} are left`]))
}

/** Of every table of every view: rows, and a sum over their text that does not depend on their order. */
export async function viewSums(database: Database): Promise<Readonly<Record<string, string>>> {
  const tables = await database.query<{ name: string }>(
    `SELECT viewname AS name FROM pg_views WHERE schemaname = 'view' ORDER BY 1`,
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const half = (from: number): string =>
      `coalesce(sum(('x' || substr(h, ${from}, 15))::bit(60)::bigint), 0)`
    const { rows } = await database.query<{ sum: string }>(
      `SELECT concat_ws(' ', count(*), ${half(1)}, ${half(16)}) AS sum FROM (SELECT md5(t::text) AS h FROM view.${name} t)`,
    )
    sums[name] = rows[0]!.sum
  }
  return sums
}

/** Fills all views of an empty database from the log. */
export async function replayViews(store: EventStore, fresh: Database): Promise<void> {
  await migrate(fresh, 'engine', engineMigrations)
  const errors: unknown[] = []
  const runner = new ProjectionRunner(store, fresh, {
    failed: (_name, error) => errors.push(error),
    parked: (name, stream, code) => errors.push(new Error(`${name} parked ${stream}: ${code}`)),
  })
  runner.start(projections)
  const head = await store.head()
  await Promise.all(projections.map((each) => reached(fresh, each, head, 3_600_000)))
  await runner.stop()
  if (errors.length > 0) throw new AggregateError(errors, 'the views could not be filled')
}

/** Whether every case has been through both processes, and every view has seen it. */
export async function isOver(store: EventStore, database: Database, cases: number): Promise<boolean> {
  const { rows } = await database.query<{ ended: number }>(
    `SELECT count(*)::int AS ended FROM view.process_instance WHERE status = 'ended'`,
  )
  if (rows[0]!.ended < cases * processes.length) return false
  const head = await store.head()
  return (await listProgress(database)).every(({ position }) => position >= head)
}
