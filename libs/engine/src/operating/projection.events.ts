/** What operators have ordered, as the log keeps it. Revisions are texts: JSON has no numbers of their size. */
export interface ProjectionEvents {
  'projection.RebuildOrdered': RebuildOrdered
  'projection.PromotionOrdered': PromotionOrdered
  'projection.RollbackOrdered': Ordered
  'projection.Paused': Ordered
  'projection.Resumed': Ordered
  'projection.ReplayOrdered': ReplayOrdered
  'projection.Discarded': Discarded
}

export interface Ordered {
  readonly reason: string
}

export interface RebuildOrdered extends Ordered {
  readonly version: number
}

export interface PromotionOrdered extends Ordered {
  readonly version: number
  readonly acceptDifferences: boolean
}

export interface ReplayOrdered extends Ordered {
  readonly stream: string
}

/** The events of a stream from one revision through another are left out of the view for good. */
export interface Discarded extends Ordered {
  readonly stream: string
  readonly first: string
  readonly last: string
}
