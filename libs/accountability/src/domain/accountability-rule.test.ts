import { describe, expect, it } from '@jest/globals'
import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { accountabilityRuleSeedCommand } from '../record/accountability-rule-seed.js'
import { accountabilityRuleWorkflow } from './accountability-rule.workflow.js'
import { ruleOn, rulesInForce } from './accountability-rule.js'
import { people } from './people.test-support.js'

const handlerOf = () =>
  new CommandHandler({
    store: new InMemoryEventStore(),
    clock: systemClock,
    workflows: [accountabilityRuleWorkflow],
  })

async function begun() {
  const handler = handlerOf()
  await handler.handleOrThrow({ ...accountabilityRuleSeedCommand(), actor: people.system })
  const set = (data: object) =>
    handler.handle({
      id: newId(),
      workflow: 'accountability-rule',
      aggregate: 'province',
      transition: 'SetVersion',
      data: data as JsonValue,
      actor: people.clerk,
    })
  const rules = async () =>
    rulesInForce((await handler.load(accountabilityRuleWorkflow, 'province')).state.versions)
  return { handler, set, rules }
}

const document = { number: '31/QĐ-UBND', date: '2026-04-10', issuer: 'Chủ tịch UBND tỉnh Sơn La' }
const version = {
  validFrom: '2026-06-01',
  expectedDaysBefore: 3,
  reminders: [
    { afterDays: 2, to: 'owing' },
    { afterDays: 4, to: 'head' },
  ],
  document,
}

describe('the accountability rule', () => {
  it('begins with the defaults of the program, which no document sets', async () => {
    const { rules } = await begun()
    expect(ruleOn(await rules(), '2020-01-01')).toEqual({
      version: 'accountability/1',
      validFrom: null,
      document: null,
      expectedDaysBefore: 1,
      reminders: [
        { afterDays: 1, to: 'owing' },
        { afterDays: 3, to: 'owing' },
        { afterDays: 5, to: 'head' },
        { afterDays: 10, to: 'provincial-office' },
      ],
    })
  })

  it('has a version from the day that a document says, beside those before it', async () => {
    const { set, rules } = await begun()
    await set(version)
    await set({ ...version, validFrom: '2026-03-01', expectedDaysBefore: 2 })
    const days = ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01']
    const found = await rules()
    expect(days.map((day) => ruleOn(found, day).version)).toEqual([
      'accountability/1',
      'accountability/3',
      'accountability/3',
      'accountability/2',
    ])
    expect(ruleOn(found, '2026-06-01')).toEqual({ version: 'accountability/2', ...version })
  })

  it('of two versions from one day takes the one recorded last; the same again says nothing new', async () => {
    const { set, rules, handler } = await begun()
    await set(version)
    await set({ ...version, expectedDaysBefore: 2 })
    await set({ ...version, expectedDaysBefore: 2, document: { ...document, number: ' 31/QĐ-UBND ' } })
    expect(ruleOn(await rules(), '2026-06-01')).toMatchObject({
      version: 'accountability/3',
      expectedDaysBefore: 2,
    })
    const { state } = await handler.load(accountabilityRuleWorkflow, 'province')
    expect(state.versions.map((one) => one.expectedDaysBefore)).toEqual([1, 3, 2])
  })

  it.each([
    [
      [
        { afterDays: 3, to: 'owing' },
        { afterDays: 3, to: 'head' },
      ],
    ],
    [
      [
        { afterDays: 5, to: 'head' },
        { afterDays: 1, to: 'owing' },
      ],
    ],
  ])('refuses reminders that are not in order: %j', async (reminders) => {
    const { set } = await begun()
    expect(await set({ ...version, reminders })).toMatchObject({
      status: 'refused',
      refusal: { code: 'reminders-disordered' },
    })
  })

  it.each([
    ['no document', { ...version, document: undefined }],
    ['a document without its issuer', { ...version, document: { ...document, issuer: ' ' } }],
    ['a day that is none', { ...version, validFrom: '2026-02-30' }],
    ['nobody reminded', { ...version, reminders: [] }],
    ['someone unknown reminded', { ...version, reminders: [{ afterDays: 1, to: 'công dân' }] }],
    ['a reminder before the duties are opened', { ...version, reminders: [{ afterDays: 0, to: 'owing' }] }],
  ])('takes none that has %s', async (_what, data) => {
    const { set } = await begun()
    await expect(set(JSON.parse(JSON.stringify(data)) as object)).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('that is on record stands, whatever defaults a later program brings', async () => {
    const { handler, rules } = await begun()
    const seed = accountabilityRuleSeedCommand()
    const again = await handler.handle({ ...seed, actor: people.system })
    expect(again.status).toBe('repeated')
    const data = { ...(seed.data as object), expectedDaysBefore: 7 }
    const other = await handler.handle({ ...seed, id: newId(), data, actor: people.system })
    expect(other.status).toBe('refused')
    expect(ruleOn(await rules(), '2026-06-01').expectedDaysBefore).toBe(1)
  })
})
