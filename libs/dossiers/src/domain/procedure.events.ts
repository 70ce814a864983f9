import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import type { ProcedureVersion } from './procedure.js'

/** The decision that says it (quyết định công bố thủ tục), as cited. */
export interface ProcedureSource {
  readonly document: string
  readonly issuedOn: LocalDate | null
}

/** A version as it stands on record. */
export interface RecordedVersion extends ProcedureVersion {
  /** Lĩnh vực, such as "Đất đai". */
  readonly field: string | null
  readonly source: ProcedureSource
}

/** All events of a stream `procedure-<code>`. The n-th of them makes revision n, which dossiers pin. */
export interface ProcedureEvents {
  /** A version that holds from a day no other began on. */
  'procedure.VersionAdded': RecordedVersion
  /** What was on record for that day was wrong; dossiers that pinned it keep it. */
  'procedure.VersionCorrected': RecordedVersion & { readonly reason: string }
}

export type ProcedureEvent = EventOf<ProcedureEvents>
