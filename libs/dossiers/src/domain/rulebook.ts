import type { BusinessCalendar, OfficeHours } from '#calendar'
import type { AgencyIds } from './agency-identity.js'
import type { ApologyRule } from './dossier.message.js'
import type { ProcedureVersion } from './procedure.js'

/** Times that laws set for every dossier, as one version. */
export interface DossierLaw {
  readonly version: string
  /** An online submission is accepted, refused or sent back for a supplement within so many working hours. */
  readonly answerHours: number
  /** A supplement that has not come within so many working days has expired. */
  readonly supplementDays: number
  /** Where no message says which rule holds. */
  readonly apologyRule: ApologyRule
}

export const currentLaw: DossierLaw = {
  version: 'dossiers/1',
  answerHours: 8,
  supplementDays: 15,
  apologyRule: 'day-before',
}

/** All that a verdict rests on besides the messages. */
export interface Rulebook {
  readonly calendar: BusinessCalendar
  readonly hours: OfficeHours
  readonly law: DossierLaw
  /** Every version of each procedure, by code. */
  readonly procedures: ReadonlyMap<string, readonly ProcedureVersion[]>
  /** Of the agencies that the dossier names; absent: they are told apart by their names. */
  readonly agencies?: AgencyIds
}
