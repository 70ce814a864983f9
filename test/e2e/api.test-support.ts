import { emptiedServer, testDatabase, testMasterKey, testProcess } from '#testing'
import { seeded } from './seeded.test-support.js'

/** Officials of the seeds, by what they are to a task of Sở Tư pháp. */
export const people = {
  clerk: 'van-thu-vpub',
  assigner: 'chu-tich-ubnd',
  lead: 'cong-chuc-so-tu-phap',
  head: 'giam-doc-so-tu-phap',
  stranger: 'cong-chuc-so-y-te',
  homeAffairs: 'so-noi-vu-cchc',
  inspectorate: 'thanh-tra-tinh',
  auditor: 'kiem-tra-giam-sat',
  operator: 'van-hanh',
} as const

export type Person = keyof typeof people

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed JSON; null where the answer is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers by path
  readonly body: any
}

export interface TestApi {
  readonly url: string
  readonly databaseUrl: string
  /** What another process needs to work on the same log and the same database. */
  readonly env: Readonly<Record<string, string>>
  /** Every route that Fastify itself answers, documented or not: its tree, printed. */
  readonly routes: string
  readonly keys: Readonly<Record<string, string>>
  /** A request of a person, or of nobody. */
  ask(person: Person | null, path: string, init?: RequestInit): Promise<Asked>
  /** A POST of JSON with a fresh Idempotency-Key unless one is given. */
  send(person: Person, path: string, body: unknown, headers?: Record<string, string>): Promise<Asked>
  /** What the server has written to standard error. */
  errors(): string
  close(): Promise<void>
}

/** Milliseconds: a log elsewhere is seeded first, which takes minutes on a busy machine. */
const seededWithinMs = 600_000

/** Over which log the tests run that do not say: a real EventStoreDB where one can be emptied for each of them. */
const realLog = emptiedServer()

/**
 * The API over a fresh database and a log with both real plans, on a port of its own.
 *
 * @param env a database or log of the caller's own is taken as it is; an empty `ROVIEC_EVENTSTORE_URL` means PostgreSQL
 */
export async function startApi(env: Record<string, string> = {}): Promise<TestApi> {
  const stores: Record<string, string> = { ROVIEC_MASTER_KEY: testMasterKey }
  const ownLog = 'ROVIEC_DATABASE_URL' in env || 'ROVIEC_EVENTSTORE_URL' in env
  if (realLog && !ownLog) stores['ROVIEC_EVENTSTORE_URL'] = (await realLog()).url
  // A log elsewhere is seeded by the server that writes to it.
  const isElsewhere = Boolean(env['ROVIEC_EVENTSTORE_URL'] || stores['ROVIEC_EVENTSTORE_URL'])
  const database = await testDatabase(isElsewhere ? undefined : seeded)
  stores['ROVIEC_DATABASE_URL'] = database.url
  const settings = { ...stores, ROVIEC_REQUESTS_PER_SECOND: '100000', ...env }
  const process = testProcess(new URL('api.fixture.ts', import.meta.url), [
    JSON.stringify(settings),
    JSON.stringify(Object.values(people)),
  ])
  const close = async (): Promise<void> => {
    await process.kill9()
    await database.close()
  }
  const started = await process.line('ready', seededWithinMs).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const ready = JSON.parse(started) as Pick<TestApi, 'url' | 'keys' | 'routes'>
  const ask: TestApi['ask'] = async (person, path, init = {}) => {
    const headers = new Headers(init.headers)
    if (person !== null) headers.set('authorization', `Bearer ${ready.keys[people[person]]}`)
    const response = await fetch(new URL(path, ready.url), { ...init, headers })
    const text = await response.text()
    const isJson = text !== '' && (response.headers.get('content-type') ?? '').includes('json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    }
  }
  return {
    ...ready,
    databaseUrl: database.url,
    env: { ...stores, ...env },
    errors: () => process.errors(),
    ask,
    send: (person, path, body, headers = {}) =>
      ask(person, path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
      }),
    close,
  }
}
