import { actorOf, actorWorkflow } from '#identity'
import { notFound } from '#kernel'
import type { Actor } from '#engine/workflow'
import type { Platform } from './platform.js'

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
