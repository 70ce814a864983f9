import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { Actor } from '#engine/workflow'
import type { SignedRequest } from './access.guard.js'

/** The actor whose key came with the request; the guard has put it there. */
export const SignedIn = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<SignedRequest>()
  if (actor === undefined) throw new Error('@SignedIn stands on a public route')
  return actor
})
