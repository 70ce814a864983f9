import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import {
  dossierMessageTypes,
  type ApologyRule,
  type Channel,
  type DossierMessageType,
  type Person,
} from './dossier.message.js'

/** What holds for a dossier from its acceptance on, whatever becomes of the calendar and the procedure later. */
export interface Pin {
  /** Version of the calendar, such as `vn/7`. */
  readonly calendar: string
  /** Revision of the procedure's record; null where no message had named the procedure. */
  readonly procedure: number | null
  /** Whose revision it is, where the acceptance itself names no procedure. */
  readonly code?: string
}

/**
 * One fact about a dossier, as said by a source or by an official here. Members that nothing was said of are absent.
 * Moments are a day, `2026-04-15`, or an instant at Vietnam's clock, `2026-04-15T09:30:00+07:00`.
 */
export interface DossierFact {
  /** With `dossier` the key of the dossier, with `id` the identity of the fact. */
  readonly source: string
  readonly dossier: string
  readonly id: string
  readonly occurredAt: string
  readonly recordedAtSource?: string
  readonly receivedAt: string
  readonly procedure?: string
  /** As written by the source, as every name of an agency. */
  readonly agency?: string
  readonly channel?: Channel
  readonly step?: string
  readonly apologyRule?: ApologyRule
  readonly delayCausedBy?: string
  readonly appointment?: LocalDate
  readonly newDate?: LocalDate
  readonly signer?: Person
  readonly by?: Person
  readonly reason?: string
  /** Id of a fact of the same dossier. */
  readonly corrects?: string
  readonly change?: { readonly occurredAt: string } | { readonly void: true }
  readonly due?: LocalDate
  /**
   * Ids in the registry of the agencies named here, by name as written; names nobody knows are left out. Of an
   * acceptance also those of the steps of the procedure that it pins.
   */
  readonly agencies?: Readonly<Record<string, string>>
  /** Of an acceptance; where that names no procedure, also of what names the procedure after it. */
  readonly pin?: Pin
  /** An act of an official of this system, or of the system itself. */
  readonly own?: true
}

/** Every fact has one shape, so that a source may say more of an event than we ask for and nothing is lost. */
export type DossierEvents = {
  readonly [Type in DossierMessageType as `dossier.${Type}`]: DossierFact
}

export type DossierEvent = EventOf<DossierEvents>

/** Names of people and free text about them, wherever they stand: neither the fold nor a decision looks at them. */
const personalFields = ['signer.name', 'by.name', 'reason'] as const

export const dossierPersonalFields = Object.fromEntries(
  dossierMessageTypes.map((type) => [`dossier.${type}`, personalFields]),
) as unknown as { readonly [Type in keyof DossierEvents]: readonly string[] }
