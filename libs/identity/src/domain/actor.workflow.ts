import { refuse } from '#kernel'
import { party, workflow, type Actor, type EventOf } from '#engine/workflow'
import { ChangeActor, GiveReason, IssueKey, RegisterActor, RevokeKey } from './actor.commands.js'
import { actorPersonalFields, type ActorEvents, type Scope } from './actor.events.js'
import type { Role } from './roles.js'

export interface ActorState {
  readonly status: 'absent' | 'active' | 'disabled'
  readonly title: string
  readonly agency: string | null
  readonly roles: readonly Role[]
  readonly scope: Scope
  /** Keys issued and not revoked. */
  readonly keys: readonly string[]
}

interface ActorCommands {
  Register: RegisterActor
  Change: ChangeActor
  Disable: GiveReason
  Enable: GiveReason
  IssueKey: IssueKey
  RevokeKey: RevokeKey
}

type ActorEvent = EventOf<ActorEvents>

const operator = party<ActorState>(
  'operator',
  { vi: 'người vận hành hệ thống', en: 'operator' },
  (actor) => actor.roles.includes('operator') || actor.roles.includes('system'),
)

/** Reasons are written by operators, who see nothing personal, for those who look into what operators do. */
const supervisors = party<ActorState>(
  'supervisor',
  { vi: 'thanh tra tỉnh, người kiểm tra, giám sát', en: 'the inspectorate, an auditor' },
  (actor) => actor.roles.includes('inspectorate') || actor.roles.includes('auditor'),
)

const event = <Type extends ActorEvent['type']>(type: Type, data: ActorEvents[Type]): ActorEvent[] => [
  { type, data } as ActorEvent,
]

/** More keys than one person's programs need; old ones are revoked first. */
const maxKeys = 20

/** The program itself: seeds and timers act in its name. */
export const systemActor: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

/** Officials and systems that act: their office, agency, roles, scope and the ids of their keys. */
export const actorWorkflow = workflow<ActorState, ActorCommands, ActorEvents>({
  name: 'actor',
  initial: { status: 'absent', title: '', agency: null, roles: [], scope: 'own', keys: [] },
  statuses: {
    absent: { vi: 'chưa có', en: 'absent' },
    active: { vi: 'đang hoạt động', en: 'active' },
    disabled: { vi: 'đã khóa', en: 'disabled' },
  },
  transitions: {
    Register: {
      text: { vi: 'Thêm người dùng', en: 'Register' },
      input: RegisterActor,
      from: ['absent'],
      by: [operator],
      to: ['active'],
      decide: ({ aggregate, command }) =>
        aggregate === systemActor.id
          ? refuse(
              'actor-id-reserved',
              {
                vi: `Mã “${aggregate}” dành riêng cho hệ thống. Chọn mã khác cho người dùng.`,
                en: `The id ${aggregate} is the system's own. Choose another for this actor.`,
              },
              { id: aggregate },
            )
          : event('identity.ActorRegistered', {
              title: command.title.normalize('NFC'),
              agency: command.agency ?? null,
              roles: command.roles,
              scope: command.scope,
            }),
    },
    Change: {
      text: { vi: 'Thay đổi quyền', en: 'Change' },
      input: ChangeActor,
      from: ['active', 'disabled'],
      by: [operator],
      to: ['active', 'disabled'],
      decide: ({ command }) =>
        event('identity.ActorChanged', {
          title: command.title.normalize('NFC'),
          agency: command.agency ?? null,
          roles: command.roles,
          scope: command.scope,
          reason: command.reason,
        }),
    },
    Disable: {
      text: { vi: 'Khóa người dùng', en: 'Disable' },
      input: GiveReason,
      from: ['active'],
      by: [operator],
      to: ['disabled'],
      decide: ({ command }) => event('identity.ActorDisabled', { reason: command.reason }),
    },
    Enable: {
      text: { vi: 'Mở khóa người dùng', en: 'Enable' },
      input: GiveReason,
      from: ['disabled'],
      by: [operator],
      to: ['active'],
      decide: ({ command }) => event('identity.ActorEnabled', { reason: command.reason }),
    },
    IssueKey: {
      text: { vi: 'Cấp khóa truy cập', en: 'Issue a key' },
      input: IssueKey,
      from: ['active'],
      by: [operator],
      to: ['active'],
      decide: ({ command, state }) =>
        state.keys.length < maxKeys
          ? event('identity.KeyIssued', { keyId: command.keyId })
          : refuse(
              'too-many-keys',
              {
                vi: `Đã có ${maxKeys} khóa truy cập. Hãy thu hồi khóa không dùng trước.`,
                en: `There are ${maxKeys} keys already. Revoke one that is not used first.`,
              },
              { limit: maxKeys },
            ),
    },
    RevokeKey: {
      text: { vi: 'Thu hồi khóa truy cập', en: 'Revoke a key' },
      input: RevokeKey,
      from: ['active', 'disabled'],
      by: [operator],
      to: ['active', 'disabled'],
      decide: ({ command, state }) =>
        state.keys.includes(command.keyId)
          ? event('identity.KeyRevoked', { keyId: command.keyId, reason: command.reason })
          : refuse('key-unknown', {
              vi: 'Người dùng không có khóa truy cập này. Kiểm tra lại mã khóa.',
              en: 'The actor has no such key. Check the key id.',
            }),
    },
  },
  personal: actorPersonalFields,
  personalReaders: [supervisors],
  evolve: {
    'identity.ActorRegistered': (state, data) => ({ ...state, ...data, status: 'active' }),
    'identity.ActorChanged': (state, { title, agency, roles, scope }) => ({
      ...state,
      title,
      agency,
      roles,
      scope,
    }),
    'identity.ActorDisabled': (state) => ({ ...state, status: 'disabled' }),
    'identity.ActorEnabled': (state) => ({ ...state, status: 'active' }),
    'identity.KeyIssued': (state, { keyId }) => ({ ...state, keys: [...state.keys, keyId] }),
    'identity.KeyRevoked': (state, { keyId }) => ({
      ...state,
      keys: state.keys.filter((key) => key !== keyId),
    }),
  },
})

/** The actor as the engine knows it. */
export function actorOf(id: string, state: ActorState): Actor {
  const scope = state.scope === 'own' ? (state.agency === null ? [] : [state.agency]) : state.scope
  return { id, agency: state.agency, roles: state.roles, scope }
}
