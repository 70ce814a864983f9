import { applyDecorators, SetMetadata } from '@nestjs/common'
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger'
import type { Query } from '#engine'
import type { Workflow } from '#engine/workflow'

/**
 * The rule of a route: who may. Every route has one; the guard answers a route without a rule with a fault, and a
 * test walks the table of routes against anonymous, wrong role and wrong agency.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'query'; readonly query: string; readonly roles: readonly string[] }
  | { readonly kind: 'command'; readonly workflow: string }
  | { readonly kind: 'roles' | 'monitor'; readonly roles: readonly string[] }

export const accessKey = 'roviec:access'

function access(rule: Access): MethodDecorator & ClassDecorator {
  const documented = ApiExtension('x-roviec-access', rule)
  const marks = [SetMetadata(accessKey, rule), documented]
  return rule.kind === 'public' ? applyDecorators(...marks) : applyDecorators(...marks, ApiBearerAuth())
}

/** Anyone, without a key: what shows no data. */
export const Public = (): MethodDecorator & ClassDecorator => access({ kind: 'public' })

/** Whoever may ask the query; what they see of it is the query's matter. */
export const Asks = (query: Query): MethodDecorator & ClassDecorator =>
  access({ kind: 'query', query: query.name, roles: query.roles })

/** Any signed-in actor may try: the workflow's table decides, and its refusal tells who may. */
export const Commands = (workflow: Workflow): MethodDecorator & ClassDecorator =>
  access({ kind: 'command', workflow: workflow.name })

/** A program on this machine or one with the token for it; of people, those of the roles. */
export const ForMonitors = (...roles: readonly string[]): MethodDecorator & ClassDecorator =>
  access({ kind: 'monitor', roles })

export const ForRoles = (...roles: readonly string[]): MethodDecorator & ClassDecorator =>
  access({ kind: 'roles', roles })
