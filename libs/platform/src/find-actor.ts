import { actorOf, actorWorkflow } from '#identity'
import { notFound, RoviecError } from '#kernel'
import type { Actor } from '#engine/workflow'
import type { Platform } from './platform.js'

/**
 * As `findActor`, for whoever acts in that name: one that is not there is on record as a failed sign-in.
 *
 * @throws RoviecError `actor-unknown`
 */
export async function actAs(platform: Platform, id: string): Promise<Actor> {
  try {
    return await findActor(platform, id)
  } catch (error) {
    if (error instanceof RoviecError && error.kind !== 'fault')
      platform.attempts.signInFailed(null, error.code)
    throw error
  }
}

/** @throws RoviecError `actor-unknown` for one that was never registered or is disabled. */
export async function findActor({ commands }: Platform, id: string): Promise<Actor> {
  const { state } = await commands.load(actorWorkflow, id)
  if (state.status === 'active') return actorOf(id, state)
  throw notFound(
    'actor-unknown',
    {
      vi: `Không có người dùng “${id}” đang hoạt động. Kiểm tra lại mã người dùng.`,
      en: `There is no active actor ${id}. Check the id.`,
    },
    { id },
  )
}
