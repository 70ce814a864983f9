import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, startApi, type Person, type TestApi } from './api.test-support.js'

/** What the document says of a route; `x-roviec-access` is the guard's own rule. */
interface Operation {
  readonly method: string
  readonly path: string
  readonly access:
    | { kind: 'public' }
    | { kind: 'query' | 'roles' | 'monitor'; roles: string[] }
    | { kind: 'command'; workflow: string }
    | undefined
}

/** Led by Sở Tư pháp and coordinated by no collective party: nobody else's business. */
let ownTask = ''
/** Its assignment. */
let knownEvent = ''
let api: TestApi
let operations: Operation[]

beforeAll(async () => {
  api = await startApi()
  const { body } = await api.ask(null, '/api/docs-json')
  const paths = body.paths as Record<string, Record<string, { 'x-roviec-access'?: Operation['access'] }>>
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: operation['x-roviec-access'],
    })),
  )
  ownTask = await assignTaskOfOneAgency()
  knownEvent = (await api.ask('clerk', `/api/v1/tasks/${ownTask}/history`)).body[0].id
}, 120_000)
afterAll(() => api.close())

/** The real plans have a collective party nearly everywhere; the wrong agency needs a task that has none. */
async function assignTaskOfOneAgency(): Promise<string> {
  const code = 'CCHC2025-II-99'
  const agencies = await api.ask(
    'clerk',
    `/api/v1/agencies/resolve?names=${encodeURIComponent('Sở Tư pháp')}`,
  )
  const lead = { agencyId: agencies.body[0].id as string, name: 'Sở Tư pháp' }
  const { body: model } = await api.ask('clerk', '/api/v1/tasks/CCHC2025-II-5')
  const assigned = await api.send('clerk', `/api/v1/tasks/${code}/transitions/Assign`, {
    data: {
      plan: { code: 'CCHC2025', number: null, date: null, year: 2025 },
      section: 'II',
      stt: '99',
      title: 'Rà soát văn bản của riêng Sở Tư pháp',
      assigner: { agencyId: null, name: 'Chủ tịch UBND tỉnh' },
      lead: [lead],
      leadCell: lead.name,
      coordinate: [],
      coordinateCell: '',
      deliverables: [{ id: '1', product: 'Báo cáo', deadline: model.deliverables[0].deadline, note: null }],
      cells: [],
    },
  })
  if (assigned.status !== 200) throw new Error(assigned.text)
  await api.ask('clerk', '/api/v1/tasks', {
    headers: { 'roviec-at-least': assigned.headers.get('roviec-position')! },
  })
  return code
}

const agencyPath = '/api/v1/agencies/{id}'
const tracePath = '/api/v1/events/{id}/trace'
/** Of a rejected line: who may ask is told before there is none. */
const noLine = '0197a1b2-0000-7000-8000-000000000000'

/** The path with its parameters filled from real data, and what the route needs beside it. */
async function requestOf({ method, path }: Operation): Promise<{ path: string; init: RequestInit }> {
  const [agency] = (await api.ask('clerk', '/api/v1/agencies')).body as { id: string }[]
  const filled: Record<string, string> = {
    '{code}': path.startsWith('/api/v1/plans') ? 'CCHC2025' : ownTask,
    '{dossier}': 'DEMO-2025-0001',
    '{procedure}': 'DEMO-TT-10',
    '{id}': path === agencyPath ? agency!.id : path === tracePath ? knownEvent : noLine,
    '{name}': path.startsWith('/api/v1/workflows') ? 'task' : 'Accept',
  }
  const target = path.replace(/\{\w+\}/g, (parameter) => filled[parameter] ?? parameter)
  expect(target).not.toContain('{')
  const query = path.endsWith('/transitions/{name}') ? '?dryRun=true' : ''
  const init: RequestInit =
    method === 'POST'
      ? {
          method,
          body: '{}',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        }
      : { method }
  return { path: target + query, init: path === '/metrics' ? fromElsewhere(init) : init }
}

/** On this machine numbers are read without a key; what comes through a proxy does not come from here. */
function fromElsewhere(init: RequestInit): RequestInit {
  return {
    ...init,
    headers: { ...(init.headers as Record<string, string>), 'x-forwarded-for': '203.0.113.7' },
  }
}

/** The stream never ends: its head is enough to see who may. */
async function statusOf(
  person: Person | null,
  { path, init }: { path: string; init: RequestInit },
): Promise<number> {
  const headers = new Headers(init.headers)
  if (person !== null) headers.set('authorization', `Bearer ${api.keys[people[person]]}`)
  const gone = new AbortController()
  const response = await fetch(new URL(path, api.url), { ...init, headers, signal: gone.signal })
  gone.abort()
  return response.status
}

describe('the table of routes', () => {
  it('has a rule for every route, and the document knows every route that the server answers', () => {
    const documented = new Set(operations.map(({ method, path }) => `${method} ${path}`))
    const documentation = /^(GET|HEAD) \/api\/(docs|docs-json|docs-yaml|docs\/.*)$/
    const served = routesOf(api.routes).filter((route) => !documentation.test(route))
    const hidden = served.filter((route) => !documented.has(route.replace(/^HEAD/, 'GET')))
    expect(hidden).toEqual([])
    expect(served.filter((route) => !route.startsWith('HEAD')).sort()).toEqual([...documented].sort())
    expect(operations.filter(({ access }) => access === undefined)).toEqual([])
  })

  it('lets nobody in without a key but where it says so', async () => {
    for (const operation of operations) {
      const status = await statusOf(null, await requestOf(operation))
      expect({ ...operation, status }).toEqual({
        ...operation,
        status: operation.access?.kind === 'public' ? 200 : 401,
      })
    }
    const open = operations.filter(({ access }) => access?.kind === 'public').map(({ path }) => path)
    expect(open.sort()).toEqual([
      '/api/v1/health',
      '/api/v1/workflows',
      '/api/v1/workflows/{name}',
      '/health/live',
      '/health/ready',
    ])
  })

  it('takes no key that is made up, truncated or not a key', async () => {
    const real = api.keys[people.clerk]!
    for (const key of [
      'x',
      real.slice(0, -1),
      `${real}A`,
      real.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    ])
      expect(
        (await api.ask(null, '/api/v1/me', { headers: { authorization: `Bearer ${key}` } })).status,
      ).toBe(401)
    const basic = await api.ask(null, '/api/v1/me', { headers: { authorization: `Basic ${real}` } })
    expect(basic.status).toBe(401)
    expect(basic.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('refuses every role that the rule does not name, and no other', async () => {
    for (const person of Object.keys(people) as Person[]) {
      const { roles } = (await api.ask(person, '/api/v1/me')).body as { roles: string[] }
      for (const operation of operations) {
        if (operation.access === undefined || operation.access.kind === 'public') continue
        if (operation.access.kind === 'command') continue
        const may = operation.access.roles.some((role) => roles.includes(role))
        const request = await requestOf(operation)
        // Scope is another matter: a person of the right role and the wrong agency is met below.
        if (may && person === 'stranger' && request.path.includes('DEMO-2025')) continue
        if (may && person === 'stranger' && request.path.includes(ownTask)) continue
        const status = await statusOf(person, request)
        expect({ person, ...operation, refused: status === 403 }).toEqual({
          person,
          ...operation,
          refused: !may,
        })
        expect(status).toBeLessThan(500)
      }
    }
  })

  it('lets only the parties of a transition act, whatever their role', async () => {
    const path = `/api/v1/tasks/${ownTask}/transitions/Accept?dryRun=true`
    const actors: Person[] = [
      'clerk',
      'lead',
      'head',
      'assigner',
      'stranger',
      'homeAffairs',
      'inspectorate',
      'auditor',
      'operator',
    ]
    const statuses = await Promise.all(
      actors.map(async (person) => [person, (await api.send(person, path, {})).status]),
    )
    expect(Object.fromEntries(statuses)).toEqual({
      clerk: 200,
      lead: 200,
      head: 200,
      assigner: 403,
      stranger: 403,
      homeAffairs: 403,
      inspectorate: 403,
      auditor: 403,
      operator: 403,
    })
  })
})

describe('another agency', () => {
  it('neither sees nor changes a task of one agency', async () => {
    for (const path of ['', '/history', '/transitions', '?asOf=2099-01-01']) {
      const refused = await api.ask('stranger', `/api/v1/tasks/${ownTask}${path}`)
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'outside-scope'])
      expect(refused.text).not.toContain('riêng Sở Tư pháp')
      expect((await api.ask('lead', `/api/v1/tasks/${ownTask}${path}`)).status).toBe(200)
    }
    const { body: all } = await api.ask('lead', `/api/v1/tasks/${ownTask}/transitions`)
    for (const { name } of all as { name: string }[]) {
      const answer = await api.send('stranger', `/api/v1/tasks/${ownTask}/transitions/${name}`, { data: {} })
      // Data that no transition takes is told before it is known who asks; nothing is done either way.
      expect([400, 403]).toContain(answer.status)
    }
    const { body: history } = await api.ask('lead', `/api/v1/tasks/${ownTask}/history`)
    // What the system says by itself of a due date that has passed is nobody's act.
    expect(history.filter(({ actor }: { actor: string }) => actor !== 'system')).toHaveLength(1)
  })

  it('finds it in no list and no count', async () => {
    const list = async (person: Person): Promise<string[]> =>
      ((await api.ask(person, '/api/v1/tasks?limit=500')).body as { code: string }[]).map(({ code }) => code)
    expect(await list('lead')).toContain(ownTask)
    expect(await list('stranger')).not.toContain(ownTask)
    const late = async (person: Person): Promise<string> => (await api.ask(person, '/api/v1/tasks/late')).text
    expect(await late('lead')).toContain(ownTask)
    expect(await late('stranger')).not.toContain(ownTask)
    const count = async (person: Person): Promise<number> =>
      (await api.ask(person, '/api/v1/plans/on-time?plan=CCHC2025')).body.totals.tasks as number
    expect((await count('lead')) - (await count('stranger'))).toBe(1)
  })

  it('reads what it coordinates as one of "các sở, ban, ngành", and acts on none of it', async () => {
    const read = await api.ask('stranger', '/api/v1/tasks/CCHC2025-II-5')
    expect(read.body).toMatchObject({
      lead: ['Sở Tư pháp'],
      coordinate: expect.stringContaining('Các sở, ban, ngành'),
    })
    const { body } = await api.ask('stranger', '/api/v1/tasks/CCHC2025-II-5/transitions')
    expect((body as { allowed: boolean }[]).filter(({ allowed }) => allowed)).toEqual([])
    const act = await api.send('stranger', '/api/v1/tasks/CCHC2025-II-5/transitions/Accept', {})
    expect([act.status, act.body.code]).toEqual([403, 'not-permitted'])
  })
})

/** Fastify prints its routes as a tree: each line continues the path of the line it hangs from. */
function routesOf(tree: string): string[] {
  const stack: string[] = []
  return tree.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (match === null) return []
    const depth = match[1]!.length / 4
    const path = (stack[depth - 1] ?? '') + match[2]!
    stack.splice(depth, stack.length, path)
    const written = path.replace(/:(\w+)/g, '{$1}')
    return (match[3] ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} ${written}`)
  })
}
