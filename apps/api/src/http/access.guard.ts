import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#engine/workflow'
import { Credentials } from '#identity'
import { RoviecError } from '#kernel'
import { accessKey, type Access } from './access.js'

export interface SignedRequest extends FastifyRequest {
  actor?: Actor
}

/** Who is it, and may they come in here at all? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Credentials) private readonly credentials: Credentials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ])
    if (rule === undefined) throw withoutRule(`${context.getClass().name}.${context.getHandler().name}`)
    if (rule.kind === 'public') return true
    const request = context.switchToHttp().getRequest<SignedRequest>()
    const actor = await this.credentials.authenticate(bearer(request))
    request.actor = actor
    if (rule.kind === 'command') return true
    if (rule.roles.some((role) => actor.roles.includes(role))) return true
    throw notForYou(rule.roles)
  }
}

/** The key that came with the request; empty where none did. */
export function bearer(request: FastifyRequest): string {
  const header = request.headers.authorization ?? ''
  return header.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : ''
}

function withoutRule(handler: string): RoviecError {
  return new RoviecError('fault', 'route-without-rule', {
    vi: 'Đường dẫn này chưa được phân quyền nên bị chặn. Hãy báo người quản trị.',
    en: `Route ${handler} says nothing of who may use it, so nobody may.`,
  })
}

function notForYou(roles: readonly string[]): RoviecError {
  return new RoviecError(
    'forbidden',
    'not-permitted',
    {
      vi: 'Bạn không có quyền xem hoặc thực hiện nội dung này.',
      en: `You may not use this. Roles that may: ${roles.join(', ')}.`,
    },
    { roles },
  )
}
