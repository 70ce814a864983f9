import type { Personal } from '#engine/workflow'
import type { Role } from './roles.js'

/** `own`: records of the actor's agency; a list: of these agencies too; `all`: of the province. */
export type Scope = 'own' | 'all' | readonly string[]

export interface ActorRegistered {
  /** The office held ("Chuyên viên Văn phòng UBND tỉnh"), never a person's name. */
  readonly title: string
  readonly agency: string | null
  readonly roles: readonly Role[]
  readonly scope: Scope
}

export interface ActorChanged {
  readonly title: string
  readonly agency: string | null
  readonly roles: readonly Role[]
  readonly scope: Scope
  readonly reason: Personal
}

export interface ActorDisabled {
  readonly reason: Personal
}

export interface KeyIssued {
  readonly keyId: string
}

export interface KeyRevoked {
  readonly keyId: string
  readonly reason: Personal
}

/** Why somebody loses or gets a right is about that person. */
export const actorPersonalFields = {
  'identity.ActorChanged': ['reason'],
  'identity.ActorDisabled': ['reason'],
  'identity.ActorEnabled': ['reason'],
  'identity.KeyRevoked': ['reason'],
} as const satisfies { [Type in keyof ActorEvents]?: readonly (keyof ActorEvents[Type])[] }

export interface ActorEvents {
  'identity.ActorRegistered': ActorRegistered
  'identity.ActorChanged': ActorChanged
  'identity.ActorDisabled': ActorDisabled
  'identity.ActorEnabled': ActorDisabled
  'identity.KeyIssued': KeyIssued
  'identity.KeyRevoked': KeyRevoked
}
