import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Actor, Party } from '#engine/workflow'
import { openPlatform, readConfig } from '#platform'
import { dossierKey } from '../../libs/dossiers/src/domain/stream-key.js'
import { allCases } from '../workflows/cases.js'
import { people, startApi, type Person, type TestApi } from './api.test-support.js'
import { operationsOf, routesOf, thingOf, type Operation } from './routes.test-support.js'

/** Handled by Văn phòng UBND tỉnh and Sở Tư pháp. */
const ownDossier = 'DEMO-2025-0001'

/** What is of some agencies alone, by the first part of its path. */
const ofAgencies = ['dossiers/{dossier}', 'tasks/{code}']

/** What whoever has the role reads of the whole province. */
const ofTheProvince = [
  'actors/{id}',
  'agencies/{id}',
  'dossiers/rejected/{id}',
  'events/{id}',
  'plans/{code}',
  'procedures/{procedure}',
  'workflows/{name}',
]

const isOfAgencies = ({ path }: Operation): boolean => ofAgencies.includes(thingOf(path) ?? '')

/** Led by Sở Tư pháp and coordinated by no collective party: nobody else's business. */
let ownTask = ''
let api: TestApi
let operations: Operation[]

beforeAll(async () => {
  api = await startApi()
  const { body } = await api.ask(null, '/api/docs-json')
  operations = operationsOf(body)
  ownTask = await assignTaskOfOneAgency()
  const persons = Object.keys(people) as Person[]
  const known = persons.map(async (person) => [person, (await api.ask(person, '/api/v1/me')).body] as const)
  actors = Object.fromEntries(await Promise.all(known))
}, 120_000)
afterAll(() => api.close())

/** Who the people are to the system. */
let actors: Record<string, Actor>

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

/** The path with its parameters filled, and what the route needs beside it. */
function requestOf({ method, path, examples }: Operation): { path: string; init: RequestInit } {
  const own: Record<string, string> = {
    'actors/{id}': people.stranger,
    'agencies/{id}': actors['stranger']!.agency!,
    'dossiers/{dossier}': ownDossier,
    'plans/{code}': 'CCHC2025',
    'tasks/{code}': ownTask,
  }
  const thing = own[thingOf(path) ?? '']
  const target = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    name !== 'name' && thing !== undefined ? thing : examples[name]!,
  )
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
      const status = await statusOf(null, requestOf(operation))
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
        const isOutside = person === 'stranger' && isOfAgencies(operation)
        const status = await statusOf(person, requestOf(operation))
        expect({ person, ...operation, refused: status === 403 }).toEqual({
          person,
          ...operation,
          refused: !may || isOutside,
        })
        expect(status).toBeLessThan(500)
      }
    }
  })

  it('says of everything that a path names whether it is of some agencies or of the province', () => {
    const things = new Set(operations.flatMap(({ path }) => thingOf(path) ?? []))
    expect([...things].sort()).toEqual([...ofAgencies, ...ofTheProvince].sort())
  })

  it('lets only the parties of a transition act, whatever their role', async () => {
    const commands = operations.filter(({ access }) => access?.kind === 'command')
    expect(commands.length).toBeGreaterThan(5)
    for (const operation of commands) {
      const { workflow, transitions } = casesOf(operation)
      const state = await stateOf(operation)
      const { path } = requestOf(operation)
      for (const [name, { by }] of workflow.transitions) {
        const { data } = transitions[name]!
        const target = path.replace(/[^/]+\?/, `${name}?`)
        const answers = await Promise.all(
          (Object.keys(people) as Person[]).map(async (person) => {
            const { status } = await api.send(person, target, { data })
            return [person, status === 404 ? 'elsewhere' : status === 403 ? 'refused' : 'let in'] as const
          }),
        )
        const isElsewhere = answers.every(([, answer]) => answer === 'elsewhere')
        if (isElsewhere && elsewhere.includes(`${workflow.name}: ${name}`)) continue
        const right = answers.map(([person]) => [
          person,
          holds(by, actors[person]!, state) ? 'let in' : 'refused',
        ])
        expect([target, Object.fromEntries(answers)]).toEqual([target, Object.fromEntries(right)])
      }
    }
  })
})

describe('another agency', () => {
  it('neither sees nor changes a task of one agency', async () => {
    const reading = operations.filter((one) => one.method === 'GET' && isOfAgencies(one))
    expect(reading.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/v1/tasks/{code}/history']))
    for (const { path } of reading.map(requestOf)) {
      const refused = await api.ask('stranger', path)
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'outside-scope'])
      expect(refused.text).not.toContain('riêng Sở Tư pháp')
      expect([path, (await api.ask('lead', path)).status]).not.toEqual([path, 403])
    }
    expect((await api.ask('stranger', `/api/v1/tasks/${ownTask}?asOf=2099-01-01`)).status).toBe(403)
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

/** Come about in another way, which the answer tells to everybody. */
const elsewhere = ['actor: IssueKey', 'dossier: TakeMessages', 'plan: RecordImport']

/** The cases of the route's workflow: they have data with which each transition is possible. */
function casesOf({ access }: Operation): (typeof allCases)[number] {
  return allCases.find(({ workflow }) => access?.kind === 'command' && workflow.name === access.workflow)!
}

/** Of the thing that the route's path is filled with. */
async function stateOf(operation: Operation): Promise<unknown> {
  const { workflow, aggregate } = casesOf(operation)
  const named = requestOf(operation).path.split('/')[4]!
  const known: Record<string, string> = {
    calendar: aggregate,
    'accountability-rule': aggregate,
    'report-period': aggregate,
    dossier: dossierKey('minh-hoa', ownDossier),
  }
  const platform = await openPlatform(readConfig(api.env))
  try {
    return (await platform.commands.load(workflow, known[workflow.name] ?? named)).state
  } finally {
    await platform.close()
  }
}

function holds(by: readonly Party<never>[], actor: Actor, state: unknown): boolean {
  return by.some((party) => party.holds(actor, state as never))
}
