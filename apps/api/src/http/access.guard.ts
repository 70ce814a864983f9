import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#engine/workflow'
import { RoviecError } from '#kernel'
import type { Platform } from '#platform'
import { accessKey, type Access } from './access.js'
import { isMonitor } from './monitor.js'
import { platformToken } from './platform.token.js'
import { signIn } from './sign-in.js'

export interface SignedRequest extends FastifyRequest {
  actor?: Actor
}

/** Who is it, and may they come in here at all? */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(platformToken) private readonly platform: Platform,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<Access | undefined>(accessKey, [
      context.getHandler(),
      context.getClass(),
    ])
    if (rule === undefined) throw withoutRule(`${context.getClass().name}.${context.getHandler().name}`)
    if (rule.kind === 'public') return true
    const request = context.switchToHttp().getRequest<SignedRequest>()
    if (rule.kind === 'monitor' && isMonitor(request, this.platform.config.edge.metricsToken)) return true
    const actor = await signIn(this.platform, request)
    request.actor = actor
    if (rule.kind === 'command') return true
    if (rule.roles.some((role) => actor.roles.includes(role))) return true
    const refusal = notForYou(rule.roles)
    this.platform.attempts.denied(rule.kind === 'query' ? rule.query : null, actor, refusal.code)
    throw refusal
  }
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
