import { describe, expect, it } from '@jest/globals'
import { isRefusal } from '#kernel'
import { availableTransitions, decide, type Actor } from '#engine/workflow'
import { uncovered, walkWorkflow } from '#testing/workflow'
import { agencyCases } from './agency.cases.test-support.js'
import { createDirectory } from './agency-directory.js'
import type { AgencyEvent } from './agency.events.js'
import { evolveDirectory } from './agency-fold.js'
import { agencyId, seedCommands } from './agency-seed.js'
import { agencyWorkflow, type AgencyState } from './agency.workflow.js'
import { clerk, eventsOf, readSeed, seededRecords, seeds } from './seeded-registry.fixture.js'

const source = { source: 'Quyết định 1/QĐ-UBND', confidence: 'document' }
const context = { actor: 'clerk', agency: null, occurredAt: '2026-01-05T01:00:00Z', commandId: 'c' }

function outcome(state: AgencyState, transition: string, data: object, actor: Actor = clerk) {
  const at = context.occurredAt
  return decide(agencyWorkflow, transition, {
    aggregate: 'a',
    state,
    command: data,
    actor,
    occurredAt: at,
    now: at,
    hasEvent: () => false,
  })
}

function after(state: AgencyState, transition: string, data: object): AgencyState {
  const decided = outcome(state, transition, { ...data, ...source })
  if (isRefusal(decided)) throw new Error(decided.code)
  return decided.reduce((folded, event) => agencyWorkflow.evolve(folded, event, context), state)
}

const created = after(agencyWorkflow.initial, 'CreateAgency', {
  province: 'son-la',
  kind: 'department',
  name: 'Sở  Thử\u00a0nghiệm'.normalize('NFD'),
  validFrom: '2021-01-01',
})

describe('the table of an agency', () => {
  it.each(walkWorkflow(agencyCases))(
    '%s: each situation and each role gets the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(agencyCases)).toEqual([])
  })
})

describe('an agency', () => {
  it('is entered with its name tidied', () => {
    expect(created).toMatchObject({ status: 'active', agency: { names: [{ name: 'Sở Thử nghiệm' }] } })
  })

  it('ends on the day before a merge, and goes on after a transfer', () => {
    const transferred = after(created, 'RecordSuccession', {
      successors: ['b'],
      date: '2024-05-01',
      kind: 'transfer',
    })
    expect(transferred).toMatchObject({ status: 'active', agency: { validTo: null } })
    const merged = after(transferred, 'RecordSuccession', {
      successors: ['a'],
      date: '2025-03-01',
      kind: 'merge',
    })
    expect(merged).toMatchObject({ status: 'ended', agency: { validTo: '2025-02-28' } })
    expect(merged.agency?.successions.map(({ successor }) => successor)).toEqual(['b', 'a'])
  })

  it('has the date of a succession put right by recording it again', () => {
    const first = after(created, 'RecordSuccession', { successors: ['a'], date: '2025-03-01', kind: 'merge' })
    const corrected = after(first, 'RecordSuccession', {
      successors: ['a'],
      date: '2025-04-01',
      kind: 'merge',
    })
    expect(corrected.agency).toMatchObject({
      validTo: '2025-03-31',
      successions: [{ successor: 'a', date: '2025-04-01' }],
    })
  })

  it('keeps its names in order of their days, whatever the order of entry', () => {
    const later = after(created, 'RenameAgency', { name: 'C', from: '2024-01-01' })
    const both = after(later, 'RenameAgency', { name: 'B', from: '2022-01-01' })
    expect(both.agency?.names.map(({ name }) => name)).toEqual(['Sở Thử nghiệm', 'B', 'C'])
  })

  it('ends without successor too', () => {
    expect(after(created, 'EndAgency', { validTo: '2025-06-30' })).toMatchObject({
      status: 'ended',
      agency: { validTo: '2025-06-30', successions: [] },
    })
  })
})

describe('refusals', () => {
  const ended = after(created, 'EndAgency', { validTo: '2025-06-30' })
  const named = after(created, 'AddAlias', { alias: 'Sở TN' })
  const coded = after(created, 'AssignCode', { scheme: 'qd20-2020', code: 'H52.01' })

  it.each<readonly [string, AgencyState, string, object]>([
    ['transition-not-allowed', created, 'CreateAgency', { kind: 'department', name: 'X' }],
    ['transition-not-allowed', agencyWorkflow.initial, 'AddAlias', { alias: 'X' }],
    ['alias-known', named, 'AddAlias', { alias: ' Sở  TN' }],
    ['alias-known', created, 'AddAlias', { alias: 'Sở Thử nghiệm' }],
    ['code-known', coded, 'AssignCode', { scheme: 'qd20-2020', code: 'H52.01' }],
    ['date-invalid', created, 'AssignCode', { scheme: 'a', code: 'b', to: '2025-02-30' }],
    ['date-invalid', created, 'RenameAgency', { name: 'X', from: '2025-02-30' }],
    [
      'date-invalid',
      agencyWorkflow.initial,
      'CreateAgency',
      { kind: 'unit', name: 'X', validFrom: '2025-13-01' },
    ],
    ['date-before-agency', created, 'RenameAgency', { name: 'X', from: '2020-12-31' }],
    ['date-before-agency', created, 'EndAgency', { validTo: '2020-12-31' }],
    [
      'date-before-agency',
      created,
      'RecordSuccession',
      { successors: ['a'], date: '2021-01-01', kind: 'merge' },
    ],
    ['date-invalid', created, 'RecordSuccession', { successors: ['a'], date: '2025-02-29', kind: 'merge' }],
    ['agency-ended', ended, 'RenameAgency', { name: 'X', from: '2025-07-01' }],
  ])('%s', (code, state, transition, data) => {
    expect(outcome(state, transition, { ...data, ...source })).toMatchObject({ refused: true, code })
  })

  it('lets only the clerk, the operator and the system enter', () => {
    const auditor: Actor = { ...clerk, roles: ['auditor'] }
    expect(outcome(created, 'AddAlias', { alias: 'X', ...source }, auditor)).toMatchObject({
      code: 'not-permitted',
    })
    expect(availableTransitions(agencyWorkflow, created, auditor).some(({ allowed }) => allowed)).toBe(false)
  })
})

describe('the seeds', () => {
  it('have one id a command and one agency an id', () => {
    const commands = seeds.flatMap(seedCommands)
    const createdIds = commands.filter(({ transition }) => transition === 'CreateAgency')
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
    expect(new Set(createdIds.map(({ aggregate }) => aggregate)).size).toBe(createdIds.length)
  })

  it('give the same commands every time they are read', () => {
    expect(seedCommands(readSeed('son-la'))).toEqual(seedCommands(readSeed('son-la')))
  })

  it('name the source of every fact', () => {
    const sources = eventsOf(seeds.flatMap(seedCommands)).map(([, { data }]) => data)
    expect(sources.filter(({ source, confidence }) => source === '' || confidence === undefined)).toEqual([])
  })

  it('refuse to name an agency or a source that they do not list', () => {
    const seed = { province: null, sources: {}, agencies: [], successions: [] }
    const succession = { from: 'A', to: ['B'], date: '2025-01-01', kind: 'merge' as const, source: 's' }
    expect(() => seedCommands({ ...seed, successions: [succession] })).toThrow('A')
    const agency = { name: 'A', kind: 'unit' as const, source: 's' }
    expect(() => seedCommands({ ...seed, agencies: [agency] })).toThrow('s')
  })
})

describe('folding the directory', () => {
  it('is the same event by event as through the workflow, and leaves the map it was given alone', () => {
    const records = seededRecords()
    const id = agencyId('son-la', 'Sở Nội vụ')
    const alias: AgencyEvent = {
      type: 'registry.AliasAdded',
      data: { alias: 'Cơ sở Nội chính', to: null, source: 'x', confidence: 'unverified' },
    }
    const next = evolveDirectory(records, id, alias)
    const ask = { date: '2025-07-20', province: 'son-la' }
    expect(createDirectory(next.values()).resolve('Cơ sở Nội chính', ask).id).toBe(id)
    expect(createDirectory(records.values()).resolve('Cơ sở Nội chính', ask).status).toBe('unknown')
  })

  it('takes events of an agency nobody created, and a second creation, without effect', () => {
    const records = seededRecords()
    const ended: AgencyEvent = {
      type: 'registry.AgencyEnded',
      data: { validTo: '2025-01-01', decision: null, source: 'x', confidence: 'document' },
    }
    expect(evolveDirectory(records, 'nobody', ended)).toBe(records)
    const id = agencyId('son-la', 'Sở Nội vụ')
    const again: AgencyEvent = {
      type: 'registry.AgencyCreated',
      data: {
        province: 'son-la',
        kind: 'unit',
        name: 'X',
        parent: null,
        validFrom: null,
        source: 'x',
        confidence: 'document',
      },
    }
    expect(evolveDirectory(records, id, again).get(id)).toEqual(records.get(id))
  })
})
