import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '#testing'
import { people, startApi, type Person, type TestApi } from './api.test-support.js'

type Value = string | number | boolean

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema?: { readonly example?: Value; readonly enum?: readonly string[] }
  readonly examples?: Readonly<Record<string, { readonly value: Value }>>
}

interface Operation {
  readonly 'x-roviec-access'?: { readonly roles?: readonly string[]; readonly workflow?: string }
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> }
}

interface Content {
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

let api: TestApi
let paths: Record<string, Record<string, Operation>>
beforeAll(async () => {
  api = await startApi({ ROVIEC_REQUESTS_PER_SECOND: '30' })
  paths = (await api.ask(null, '/api/docs-json')).body.paths
}, 120_000)
afterAll(() => api.close())

const operations = (method: string): (readonly [path: string, operation: Operation])[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    methods[method] === undefined ? [] : [[path, methods[method]] as const],
  )

/** The example of a parameter; of those that stand by the examples of the body, the one that goes with it. */
function exampleOf({ examples, schema }: Parameter, body?: string): Value | undefined {
  return examples?.[body ?? '']?.value ?? schema?.example
}

interface Example {
  /** Those of the query that are left out have none. */
  readonly query: readonly Parameter[]
  /** The name of the body's example. */
  readonly body?: string
}

/** The request as it is printed. */
function printed(
  path: string,
  { parameters = [] }: Operation,
  { query, body }: Example,
): { readonly target: string; readonly headers: Record<string, string> } {
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    // The transition is what the body is an example of.
    if (name === 'name' && body !== undefined) return body
    return String(
      exampleOf(
        parameters.find((one) => one.in === 'path' && one.name === name)!,
        body,
      ),
    )
  })
  const pairs = Object.fromEntries(query.map((one) => [one.name, String(exampleOf(one, body))]))
  const told = parameters.filter((one) => one.in === 'header' && exampleOf(one) !== undefined)
  return {
    target: query.length === 0 ? target : `${target}?${new URLSearchParams(pairs).toString()}`,
    headers: Object.fromEntries(told.map((one) => [one.name, String(exampleOf(one))])),
  }
}

function exampled({ parameters = [] }: Operation): Parameter[] {
  return parameters.filter((one) => one.in === 'query' && exampleOf(one) !== undefined)
}

describe('the documentation', () => {
  it('has an example for whatever must be given', () => {
    const bare = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) =>
        parameters
          .filter((one) => (one.required === true || one.in === 'path') && exampleOf(one) === undefined)
          .map(({ name }) => `${path}: ${name}`),
      ),
    )
    expect(bare).toEqual([])
    const named = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) => {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const told = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
        const same = inPath.length === told.length && told.every((name) => inPath.includes(name))
        return same ? [] : [`${path}: ${told.join()}`]
      }),
    )
    expect(named).toEqual([])
  })

  it('gives examples of questions that work, each parameter alone and all together', async () => {
    const questions = operations('get')
    expect(questions.flatMap(([, operation]) => exampled(operation)).length).toBeGreaterThan(40)
    for (const [path, operation] of questions) {
      const all = exampled(operation)
      const needed = all.filter(({ required }) => required)
      for (const query of [needed, ...all.map((one) => [...needed, one]), all]) {
        const { target, headers } = printed(path, operation, { query })
        const { status } = await politely(askerOf(operation), target, { headers })
        expect([target, status]).toEqual([target, 200])
      }
    }
  })

  it('gives examples of everything that can be sent, and they work', async () => {
    for (const [path, operation] of operations('post')) {
      const query = exampled(operation)
      for (const [type, { examples = {} }] of Object.entries(operation.requestBody!.content)) {
        expect([path, Object.keys(examples)]).not.toEqual([path, []])
        for (const [name, { value }] of Object.entries(examples)) {
          const { target, headers } = printed(path, operation, {
            query,
            ...(path.endsWith('/{name}') && { body: name }),
          })
          const answer = await politely(actorOf(operation), target, {
            method: 'POST',
            headers: { ...headers, 'content-type': type },
            body: typeof value === 'string' ? value : JSON.stringify(value),
          })
          expect([target, answer]).toEqual([target, expect.objectContaining({ status: 200 })])
          expect(answer.text).not.toContain('"outcome":"rejected"')
        }
      }
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

/** Whose key the documents of a first start tell how to get; rights are given by the operator alone. */
function actorOf({ 'x-roviec-access': access }: Operation): Person {
  return access?.workflow === 'actor' ? 'operator' : 'clerk'
}

/** The limit on the rate is this file's own subject; whoever meets it, or a busy machine, asks again. A stream is left once it is there. */
async function politely(
  person: Person,
  target: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly text: string }> {
  return eventually(async () => {
    const gone = new AbortController()
    const headers = { ...(init.headers as Record<string, string>), authorization: keyOf(person) }
    const response = await fetch(new URL(target, api.url), { ...init, headers, signal: gone.signal })
    const text = init.method === 'POST' ? await response.text() : ''
    gone.abort()
    return [429, 503].includes(response.status) ? false : { status: response.status, text }
  })
}

function keyOf(person: Person): string {
  return `Bearer ${api.keys[people[person]]}`
}
