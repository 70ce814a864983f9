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
  readonly reason: string
}

export interface ActorDisabled {
  readonly reason: string
}

export interface KeyIssued {
  readonly keyId: string
}

export interface KeyRevoked {
  readonly keyId: string
  readonly reason: string
}

export interface ActorEvents {
  'identity.ActorRegistered': ActorRegistered
  'identity.ActorChanged': ActorChanged
  'identity.ActorDisabled': ActorDisabled
  'identity.ActorEnabled': ActorDisabled
  'identity.KeyIssued': KeyIssued
  'identity.KeyRevoked': KeyRevoked
}
