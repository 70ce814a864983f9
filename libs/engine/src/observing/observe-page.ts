import type { Delivery } from '#event-store'
import { attribute, inSpan } from './spans.js'

/** Takes a page of a projection in a span; that there is nothing new is no work. */
export function observePage(
  projection: string,
  delivery: Delivery,
  take: (delivery: Delivery) => Promise<void>,
): Promise<void> {
  if (delivery.kind === 'caught-up') return take(delivery)
  const attributes = {
    [attribute.projection]: projection,
    [attribute.events]: delivery.events.length,
    [attribute.position]: String(delivery.checkpoint),
  }
  return inSpan('roviec.projection.page', attributes, () => take(delivery))
}
