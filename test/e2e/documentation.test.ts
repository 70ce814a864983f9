import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '#testing'
import { startApi, type TestApi } from './api.test-support.js'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly example?: string | number
  readonly schema?: { readonly example?: string | number }
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly content: Record<string, { readonly examples?: Record<string, { readonly value: unknown }> }>
  }
}

let api: TestApi
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  api = await startApi({ ROVIEC_REQUESTS_PER_SECOND: '60' })
  paths = (await api.ask(null, '/api/docs-json')).body.paths
}, 60_000)
afterAll(() => api.close())

function filled(path: string, parameters: readonly Parameter[], query: readonly Parameter[]): string {
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    String(parameters.find((one) => one.in === 'path' && one.name === name)?.schema?.example),
  )
  const pairs = query.map(({ name, example }) => [name, String(example)])
  return `${target}?${new URLSearchParams(Object.fromEntries(pairs) as Record<string, string>).toString()}`
}

describe('the documentation', () => {
  it('gives examples of questions that work, each parameter alone and all together', async () => {
    const questions = Object.entries(paths).flatMap(([path, { get }]) =>
      get === undefined || /stream|\{id\}/.test(path) ? [] : [[path, get.parameters ?? []] as const],
    )
    expect(questions.length).toBeGreaterThan(8)
    for (const [path, parameters] of questions) {
      const query = parameters.filter((one) => one.in === 'query' && one.example !== undefined)
      for (const some of [[], ...query.map((one) => [one]), query]) {
        const target = filled(path, parameters, path.endsWith('/resolve') ? query : some)
        // A first start has recorded everything today: as of a past day there is no task yet.
        const notYet = path.startsWith('/api/v1/tasks/{code}') && target.includes('asOf')
        const answer = await politely(target)
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

  it('is limited in its rate as every route is: 429 says when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => api.ask('clerk', '/api/v1/me')))
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThan(0)
    expect(limited.length).toBeLessThan(answers.length)
    expect(limited[0]!.body.code).toBe('rate-limited')
    expect(Number(limited[0]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  })
})

/** The limit on the rate is this file's own subject; whoever meets it here asks again. */
async function politely(target: string): Promise<number> {
  return eventually(async () => {
    const { status } = await api.ask('clerk', target)
    return status === 429 ? false : status
  })
}
