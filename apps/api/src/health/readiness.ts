import type { LateTimers, ProcessLag, ViewLag } from '#engine'

/** What keeps a server from being ready. */
interface Behind {
  readonly name: string
  readonly state: string
  readonly secondsBehind: number
}

export interface Readiness {
  readonly status: 'ready' | 'stopping' | 'booting' | 'behind' | 'unreachable'
  readonly views: readonly Behind[]
  /** Processes, and `timers`. */
  readonly processes: readonly Behind[]
}

type Standing = Pick<ViewLag, 'name' | 'standing' | 'state' | 'secondsBehind'>

interface Standings {
  readonly views: readonly Standing[]
  readonly processes: readonly Pick<ProcessLag, 'name' | 'led' | 'secondsBehind'>[]
  readonly timers: Pick<LateTimers, 'secondsLate'>
}

/**
 * Ready when readers have a build of every view, filled once, and neither it nor a process nor a timer is further
 * behind than the limit. A view that an operator has paused, or an instance of a process that waits for one, stands
 * still on purpose and keeps nobody out.
 */
export function readinessOf(
  { views, processes, timers }: Standings,
  projections: readonly { readonly name: string }[],
  maxLagSeconds: number,
): Readiness {
  const live = views.filter(({ standing }) => standing === 'live')
  const missing = projections
    .filter(({ name }) => !live.some((view) => view.name === name))
    .map(({ name }) => ({ name, state: 'booting', secondsBehind: 0 }))
  if (missing.length > 0) return { status: 'booting', views: missing, processes: [] }
  const isBehind = ({ secondsBehind }: { readonly secondsBehind: number }): boolean =>
    secondsBehind > maxLagSeconds
  const behind = {
    views: live.filter((view) => view.state !== 'paused' && isBehind(view)).map(told),
    processes: [
      ...processes.map((process) => ({ ...process, state: process.led ? 'active' : 'waiting' })),
      { name: 'timers', state: 'active', secondsBehind: timers.secondsLate },
    ]
      .filter(isBehind)
      .map(told),
  }
  if (behind.views.length + behind.processes.length === 0) return { status: 'ready', ...behind }
  const isFilling = behind.views.length > 0 && live.some(({ state }) => state === 'booting')
  return { status: isFilling ? 'booting' : 'behind', ...behind }
}

function told({ name, state, secondsBehind }: Behind): Behind {
  return { name, state, secondsBehind }
}
