import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import type { AgencyCode, AgencyKind, Alias, Provenance, SuccessionKind } from './agency.js'

export interface AgencyCreated extends Provenance {
  readonly province: string | null
  readonly kind: AgencyKind
  readonly name: string
  readonly parent: string | null
  readonly validFrom: LocalDate | null
}

interface AgencyRenamed extends Provenance {
  readonly name: string
  /** First day of the new name. */
  readonly from: LocalDate
  readonly decision: string | null
}

/** A spelling seen in documents. */
type AliasAdded = Alias & Provenance

type CodeAssigned = AgencyCode & Provenance

/**
 * Work passed to other agencies. Recorded again for the same successor it takes the place of the earlier entry: that
 * is how a date is put right once the decision has been read; the first entry stays in the log.
 */
export interface AgencySucceeded extends Provenance {
  readonly successors: readonly string[]
  /** First day on which the successors are responsible. */
  readonly date: LocalDate
  readonly kind: SuccessionKind
  readonly decision: string | null
}

interface AgencyEnded extends Provenance {
  /** The last day. */
  readonly validTo: LocalDate
  readonly decision: string | null
}

/** All events of a stream `agency-<id>`. */
export interface AgencyEvents {
  'registry.AgencyCreated': AgencyCreated
  'registry.AgencyRenamed': AgencyRenamed
  'registry.AliasAdded': AliasAdded
  'registry.CodeAssigned': CodeAssigned
  'registry.AgencySucceeded': AgencySucceeded
  'registry.AgencyEnded': AgencyEnded
}

export type AgencyEvent = EventOf<AgencyEvents>
