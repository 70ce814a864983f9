import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import type { ActorEvents } from './actor.events.js'
import { actorWorkflow, type ActorState } from './actor.workflow.js'
import { roleNames, type Role } from './roles.js'

const keyId = '0197a1b2-0000-4000-8000-00000000000a'
const operators: readonly Role[] = ['operator', 'system']

function happened<Type extends keyof ActorEvents>(type: Type, data: ActorEvents[Type]): Happened {
  return { type, data, by: 'van-hanh' }
}

const registered = happened('identity.ActorRegistered', {
  title: 'Công chức Sở Tư pháp',
  agency: 'so-tu-phap',
  roles: ['lead-officer'],
  scope: 'own',
})
const keyed = happened('identity.KeyIssued', { keyId })
const officer = { title: 'Công chức Sở Tư pháp', agency: 'so-tu-phap', roles: ['lead-officer'], scope: 'own' }

/** The walk of the table of actors, by one person of each role. */
export const actorCases: WorkflowCases<ActorState, Role> = {
  workflow: actorWorkflow,
  aggregate: 'cong-chuc-1',
  people: Object.fromEntries(
    roleNames.map((role): [Role, Actor] => [
      role,
      { id: `${role}-1`, agency: null, roles: [role], scope: [] },
    ]),
  ) as Record<Role, Actor>,
  situations: {
    absent: [],
    active: [registered, keyed],
    disabled: [registered, keyed, happened('identity.ActorDisabled', { reason: 'Nghỉ hưu' })],
    keyless: [registered],
  },
  transitions: {
    Register: { data: officer, by: operators, answers: '✓ – – –' },
    Change: { data: { ...officer, reason: 'Chuyển công tác' }, by: operators, answers: '– ✓ ✓ ✓' },
    Disable: { data: { reason: 'Nghỉ hưu' }, by: operators, answers: '– ✓ – ✓' },
    Enable: { data: { reason: 'Đi làm lại' }, by: operators, answers: '– – ✓ –' },
    IssueKey: { data: { keyId: '0197a1b2-0000-4000-8000-00000000000b' }, by: operators, answers: '– ✓ – ✓' },
    RevokeKey: { data: { keyId, reason: 'Mất máy' }, by: operators, answers: '– ✓ ✓ key-unknown' },
  },
}
