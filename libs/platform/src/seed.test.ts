import { beforeEach, describe, expect, it } from '@jest/globals'
import { accountabilityRules, accountabilityRuleWorkflow } from '#accountability/record'
import { ruleOn } from '#accountability'
import { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { systemActor } from '#identity'
import { newId, systemClock, type JsonValue } from '#kernel'
import { testKeys, testSealing } from '#testing/workflow'
import { contexts } from './contexts.js'
import type { Platform } from './platform.js'
import { seedBase } from './seed.js'

const clerk: Actor = { id: 'van-thu-vpub', agency: null, roles: ['clerk'], scope: 'all' }

let store: InMemoryEventStore
let platform: Platform

beforeEach(() => {
  store = new InMemoryEventStore()
  const workflows = contexts.flatMap((context) => context.workflows)
  const commands = new CommandHandler({
    store,
    clock: systemClock,
    workflows,
    sealing: testSealing(testKeys()),
  })
  platform = { store, clock: systemClock, commands } as unknown as Platform
})

const send = (workflow: string, aggregate: string, transition: string, data: object, actor: Actor) =>
  platform.commands.handleOrThrow({
    id: newId(),
    workflow,
    aggregate,
    transition,
    data: data as JsonValue,
    actor,
  })

const rules = () => store.readStream(`${accountabilityRuleWorkflow.name}-province`)

describe('the first start', () => {
  it('begins the rule data with the defaults of the program; a second start adds nothing', async () => {
    await seedBase(platform)
    const head = await store.head()
    expect(ruleOn(await accountabilityRules(store), '2026-06-01')).toMatchObject({
      version: 'accountability/1',
      document: null,
      expectedDaysBefore: 1,
    })
    await seedBase(platform)
    expect(await store.head()).toEqual(head)
  })
})

describe('a record that an older program began', () => {
  it('is given the rule that its duties name already', async () => {
    const about = { source: 'mcdt', dossier: 'H52-1', due: '2026-05-04' }
    const duties = [{ duty: 'explanation', owedBy: 'Sở Tư pháp' }]
    const opened = { ...about, since: '2026-05-05', duties, rule: 'accountability/1' }
    await send('accountability', 'mcdt:H52-1', 'Open', opened, systemActor)
    expect(await rules()).toEqual([])
    await seedBase(platform)
    const versions = await accountabilityRules(store)
    expect(versions.map(({ rule }) => rule.version)).toEqual([opened.rule])
  })

  it('keeps what a document has set since, at every later start', async () => {
    await seedBase(platform)
    const document = { number: '31/QĐ-UBND', date: '2026-05-25', issuer: 'Chủ tịch UBND tỉnh Sơn La' }
    const reminders = [{ afterDays: 2, to: 'head' }]
    const set = { validFrom: '2026-06-01', expectedDaysBefore: 3, reminders, document }
    await send('accountability-rule', 'province', 'SetVersion', set, clerk)
    await seedBase(platform)
    expect(await rules()).toHaveLength(2)
    expect(ruleOn(await accountabilityRules(store), '2026-06-01')).toMatchObject({ expectedDaysBefore: 3 })
  })
})
