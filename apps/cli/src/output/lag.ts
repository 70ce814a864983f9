import type { ViewLag } from '#engine'

/** Events that a view has not seen, as a person reads it: ≈ before what was estimated. */
export function lagOf({ eventsBehind, estimated }: Pick<ViewLag, 'eventsBehind' | 'estimated'>): string {
  return estimated ? `≈ ${eventsBehind}` : String(eventsBehind)
}
