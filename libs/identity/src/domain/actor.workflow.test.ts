import { describe, expect, it } from '@jest/globals'
import { CommandHandler, type Command } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, type JsonValue } from '#kernel'
import { virtualClock } from '#testing'
import { testSealing, uncovered, walkWorkflow } from '#testing/workflow'
import { actorCases } from './actor.cases.test-support.js'
import { actorOf, actorWorkflow, systemActor } from './actor.workflow.js'

const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: [] }
const officer = { title: 'Công chức Sở Tư pháp', agency: 'so-tu-phap', roles: ['lead-officer'], scope: 'own' }

function fresh(): {
  send(transition: string, data: JsonValue, more?: Partial<Command>): ReturnType<CommandHandler['handle']>
} {
  const clock = virtualClock('2025-03-14T01:00:00Z')
  const handler = new CommandHandler({
    store: new InMemoryEventStore({ clock }),
    clock,
    workflows: [actorWorkflow],
    sealing: testSealing(),
  })
  const command = { workflow: 'actor', aggregate: 'cong-chuc-1', actor: operator }
  return {
    send: (transition, given, more = {}) =>
      handler.handle({ ...command, id: newId(), transition, data: given, ...more }),
  }
}

describe('the workflow of actors', () => {
  it.each(walkWorkflow(actorCases))(
    '%s: each situation and each role gets the expected answer',
    (_name, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(actorCases)).toEqual([])
  })

  it('lets nobody be the system: neither its role nor its id is given away', async () => {
    const { send } = fresh()
    await expect(send('Register', { ...officer, roles: ['system'] })).rejects.toMatchObject({
      problems: [{ path: 'roles', code: 'isIn' }],
    })
    expect(await send('Register', officer, { aggregate: systemActor.id })).toMatchObject({
      refusal: { code: 'actor-id-reserved' },
    })
  })

  it.each([
    ['no role', { roles: [] }],
    ['a role twice', { roles: ['clerk', 'clerk'] }],
    ['a role that is no list', { roles: 'clerk' }],
    ['an unknown scope', { scope: 'everything' }],
    ['a scope of what are no agencies', { scope: ['a b'] }],
    ['no title', { title: '' }],
    ['a member nobody knows', { admin: true }],
  ])('takes no actor with %s', async (_what, wrong) => {
    await expect(fresh().send('Register', { ...officer, ...wrong })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('keeps a bounded number of keys', async () => {
    const { send } = fresh()
    await send('Register', officer)
    const outcomes = []
    for (let index = 0; index < 21; index++) outcomes.push(await send('IssueKey', { keyId: newId() }))
    expect(outcomes.map(({ status }) => status)).toEqual([...Array<string>(20).fill('accepted'), 'refused'])
  })

  it('revokes only a key the actor has', async () => {
    const { send } = fresh()
    await send('Register', officer)
    expect(await send('RevokeKey', { keyId: newId(), reason: 'Mất máy' })).toMatchObject({
      refusal: { code: 'key-unknown' },
    })
  })
})

describe('the scope of an actor', () => {
  const state = { ...actorWorkflow.initial, status: 'active' as const, agency: 'so-tu-phap' }

  it.each([
    ['own', 'so-tu-phap', ['so-tu-phap']],
    ['own', null, []],
    ['all', 'so-tu-phap', 'all'],
    [['xa-a', 'xa-b'], 'so-tu-phap', ['xa-a', 'xa-b']],
  ] as const)('%p with the agency %p reaches %p', (scope, agency, reached) => {
    expect(actorOf('a', { ...state, agency, scope }).scope).toEqual(reached)
  })
})
