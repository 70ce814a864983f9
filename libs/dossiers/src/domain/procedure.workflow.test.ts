import { describe, expect, it } from '@jest/globals'
import { decide, type Actor } from '#engine/workflow'
import { isRefusal } from '#kernel'
import { procedureWorkflow, type ProcedureState } from './procedure.workflow.js'
import { dossierKey, procedureKey } from './stream-key.js'

const clerk: Actor = { id: 'van-thu', agency: null, roles: ['clerk'], scope: 'all' }
const context = { actor: 'van-thu', agency: null, occurredAt: '2026-01-05T00:00:00Z', commandId: 'c' }
const version = { code: '1.004', time: 10, unit: 'working-day', document: 'QĐ 1' }

function set(state: ProcedureState, command: object, actor = clerk, aggregate = '1.004') {
  return decide(procedureWorkflow, 'SetVersion', {
    aggregate,
    state,
    command,
    actor,
    occurredAt: '2026-01-05T00:00:00Z',
    now: '2026-01-05T00:00:00Z',
    hasEvent: () => false,
  })
}

function after(...commands: readonly object[]): ProcedureState {
  return commands.reduce<ProcedureState>((state, command) => {
    const decided = set(state, command)
    if (isRefusal(decided)) throw new Error(decided.text.en)
    return decided.reduce((folded, event) => procedureWorkflow.evolve(folded, event, context), state)
  }, procedureWorkflow.initial)
}

describe('a procedure', () => {
  it('has versions by the day they hold from; the same again says nothing new', () => {
    const state = after(
      { ...version, validFrom: '2026-01-01' },
      version,
      { ...version, document: 'QĐ 2' },
      { ...version, validFrom: '2025-01-01', time: 0.5 },
    )
    expect(state.revision).toBe(3)
    expect(state.versions.map(({ validFrom, within }) => [validFrom, within])).toEqual([
      [null, { unit: 'working-days', amount: 10 }],
      ['2025-01-01', { unit: 'half-days', amount: 1 }],
      ['2026-01-01', { unit: 'working-days', amount: 10 }],
    ])
  })

  it('is changed for a reason only', () => {
    const known = after(version)
    expect(set(known, { ...version, time: 12 })).toMatchObject({ code: 'procedure-version-differs' })
    const changed = after(version, { ...version, time: 12, reason: 'Ghi nhầm' })
    expect(changed).toMatchObject({ revision: 2, versions: [{ within: { amount: 12 } }] })
  })

  it.each([
    [{ ...version, time: 1.5, unit: 'calendar-day' }, 'procedure-time-invalid'],
    [{ ...version, steps: [{ agency: 'Sở', time: 0.3, unit: 'working-day' }] }, 'procedure-time-invalid'],
    [{ ...version, code: '1.005' }, 'procedure-code-differs'],
  ])('refuses %j: %s', (command, code) => {
    expect(set(procedureWorkflow.initial, command)).toMatchObject({ code })
  })
})

describe('keys', () => {
  it.each([
    ['mcdt', '000.00.00.H52-250115-0001', 'mcdt:000.00.00.H52-250115-0001'],
    ['mcdt', 'a:b', 'mcdt:a:b'],
    ['hệ-thống', 'Đ1', 'hệ-thống:Đ1'],
  ])('of %s and %s is readable', (source, code, key) => {
    expect(dossierKey(source, code)).toBe(key)
  })

  it.each([
    ['mcdt', 'có dấu cách'],
    ['mcdt', '../x'],
    ['mcdt', ':x'],
    ['a:b', 'c'],
    ['mcdt', 'x'.repeat(120)],
    ['mcdt', ''],
  ])('of %j and %j is derived', (source, code) => {
    expect(dossierKey(source, code)).toMatch(/^d::[0-9a-f-]{36}$/)
  })

  it('never meet for different dossiers', () => {
    const parts = ['a', 'b', 'a:b', ':', 'd', 'a b', '', 'd::x']
    const pairs = parts.flatMap((source) => parts.map((code) => dossierKey(source, code)))
    expect(new Set(pairs).size).toBe(pairs.length)
    expect(procedureKey('1.004193.000.00.00.H52')).toBe('1.004193.000.00.00.H52')
    expect(procedureKey('1:4')).toMatch(/^p::/)
  })
})
