import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '#testing'
import { people, startApi, type Person, type TestApi } from './api.test-support.js'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema?: { readonly example?: string | number }
}

interface Operation {
  readonly 'x-roviec-access'?: { readonly roles?: readonly string[] }
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly content: Record<string, { readonly examples?: Record<string, { readonly value: unknown }> }>
  }
}

/** A first start has rejected nothing that could be shown. */
const rejectedLine = '/api/v1/dossiers/rejected/{id}'

let api: TestApi
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  api = await startApi({ ROVIEC_REQUESTS_PER_SECOND: '60' })
  paths = (await api.ask(null, '/api/docs-json')).body.paths
}, 60_000)
afterAll(() => api.close())

function isExample({ in: place, schema }: Parameter): boolean {
  return place === 'query' && schema?.example !== undefined
}

function filled(path: string, parameters: readonly Parameter[], query: readonly Parameter[]): string {
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    String(parameters.find((one) => one.in === 'path' && one.name === name)?.schema?.example),
  )
  const pairs = query.map(({ name, schema }) => [name, String(schema?.example)])
  return `${target}?${new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>).toString()}`
}

describe('the documentation', () => {
  it('gives examples of questions that work, each parameter alone and all together', async () => {
    const questions = Object.entries(paths).flatMap(([path, { get }]) =>
      get === undefined || path === rejectedLine ? [] : [[path, get] as const],
    )
    expect(questions.length).toBeGreaterThan(8)
    const examples = questions.flatMap(([, { parameters = [] }]) => parameters.filter(isExample))
    expect(examples.length).toBeGreaterThan(40)
    for (const [path, operation] of questions) {
      const { parameters = [] } = operation
      const query = parameters.filter(isExample)
      const needed = query.filter(({ required }) => required)
      for (const some of [needed, ...query.map((one) => [...needed, one]), query]) {
        const target = filled(path, parameters, path.endsWith('/resolve') ? query : some)
        // A first start has recorded everything today: as of a past day there is no task yet.
        const notYet = path.startsWith('/api/v1/tasks/{code}') && target.includes('asOf')
        const answer = await politely(askerOf(operation), target, headersOf(parameters))
        expect([target, answer]).toEqual([target, notYet ? 404 : 200])
      }
    }
  })

  it('gives bodies of transitions that work', async () => {
    const path = '/api/v1/tasks/{code}/transitions/{name}'
    const { parameters, requestBody } = paths[path]!['post']!
    const { examples } = requestBody!.content['application/json']!
    expect(Object.keys(examples!).length).toBeGreaterThan(3)
    for (const [name, { value }] of Object.entries(examples!)) {
      const target = filled(path.replace('{name}', name), parameters!, [])
      const answer = await api.send('lead', `${target}dryRun=true`, value)
      expect([name, answer.status, answer.body.code]).toEqual([name, 200, undefined])
    }
  })

  it('gives bodies of documents that change the calendar', async () => {
    const path = '/api/v1/calendar/transitions/{name}'
    const { requestBody } = paths[path]!['post']!
    const { examples } = requestBody!.content['application/json']!
    expect(Object.keys(examples!)).toEqual(['ChangeDays', 'ConfirmYear'])
    for (const [name, { value }] of Object.entries(examples!)) {
      const answer = await api.send('clerk', `${path.replace('{name}', name)}?dryRun=true`, value)
      expect([name, answer.status, answer.body.code]).toEqual([name, 200, undefined])
    }
  })

  it('is limited in its rate as every route is: 429 says when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => api.ask('clerk', '/api/v1/me')))
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThan(0)
    expect(limited.length).toBeLessThan(answers.length)
    expect(limited[0]!.body.code).toBe('rate-limited')
    expect(Number(limited[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  })

  it('and its unknown paths are limited too', async () => {
    for (const path of ['/api/docs', '/api/docs-json', '/nowhere']) {
      const answers = await Promise.all(Array.from({ length: 200 }, () => api.ask(null, path)))
      const limited = answers.filter(({ status }) => status === 429)
      expect([path, limited.length > 0]).toEqual([path, true])
      expect(limited[0]!.headers.get('retry-after')).toBe('1')
    }
  })
})

/** One of those who may ask. */
function askerOf({ 'x-roviec-access': access }: Operation): Person {
  return access?.roles?.includes('clerk') === false ? 'inspectorate' : 'clerk'
}

/** The headers that have an example. */
function headersOf(parameters: readonly Parameter[]): Record<string, string> {
  const told = parameters.filter(
    ({ in: place, schema }) => place === 'header' && schema?.example !== undefined,
  )
  return Object.fromEntries(told.map(({ name, schema }) => [name, String(schema!.example)]))
}

/** The limit on the rate is this file's own subject; whoever meets it here asks again. A stream is left once it is there. */
async function politely(person: Person, target: string, headers: Record<string, string>): Promise<number> {
  return eventually(async () => {
    const gone = new AbortController()
    const authorization = `Bearer ${api.keys[people[person]]}`
    const init = { headers: { ...headers, authorization }, signal: gone.signal }
    const { status } = await fetch(new URL(target, api.url), init)
    gone.abort()
    return status === 429 ? false : status
  })
}
