import type { ViewLag } from '#engine'

export interface Readiness {
  readonly status: 'ready' | 'stopping' | 'booting' | 'behind' | 'unreachable'
  /** Those that keep it from being ready. */
  readonly views: readonly { readonly name: string; readonly state: string; readonly secondsBehind: number }[]
}

type Standing = Pick<ViewLag, 'name' | 'standing' | 'state' | 'secondsBehind'>

/**
 * Ready when readers have a build of every view, filled once and not further behind than the limit. What an operator
 * has paused stands still on purpose and keeps nobody out.
 */
export function readinessOf(
  views: readonly Standing[],
  projections: readonly { readonly name: string }[],
  maxLagSeconds: number,
): Readiness {
  const live = views.filter(({ standing }) => standing === 'live')
  const missing = projections
    .filter(({ name }) => !live.some((view) => view.name === name))
    .map(({ name }) => ({ name, state: 'booting', secondsBehind: 0 }))
  const filling = live.filter(({ state }) => state === 'booting')
  const behind = live.filter(
    ({ state, secondsBehind }) => state !== 'paused' && secondsBehind > maxLagSeconds,
  )
  if (missing.length > 0) return { status: 'booting', views: missing }
  if (behind.length > 0) return { status: filling.length > 0 ? 'booting' : 'behind', views: behind.map(told) }
  return { status: 'ready', views: [] }
}

function told({ name, state, secondsBehind }: Standing): Readiness['views'][number] {
  return { name, state, secondsBehind }
}
