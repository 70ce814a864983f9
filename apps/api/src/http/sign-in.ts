import type { FastifyRequest } from 'fastify'
import type { Actor } from '#engine/workflow'
import { RoviecError } from '#kernel'
import type { Platform } from '#platform'

const keyForm = /^rv_([0-9a-f-]{36})_/

/** The key that came with the request; empty where none did. */
function bearer(request: FastifyRequest): string {
  const header = request.headers.authorization ?? ''
  return header.startsWith('Bearer ') ? header.slice('Bearer '.length).trim() : ''
}

/**
 * Who sends the request. A key that does not hold is noted; no key at all is no attempt at one.
 *
 * @throws RoviecError kind `unauthenticated`
 */
export async function signIn(
  { credentials, attempts }: Pick<Platform, 'credentials' | 'attempts'>,
  request: FastifyRequest,
): Promise<Actor> {
  const key = bearer(request)
  try {
    return await credentials.authenticate(key)
  } catch (error) {
    if (key !== '' && error instanceof RoviecError && error.kind === 'unauthenticated')
      attempts.signInFailed(keyForm.exec(key)?.[1] ?? null, error.code)
    throw error
  }
}
