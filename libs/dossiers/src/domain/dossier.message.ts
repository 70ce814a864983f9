import type { LocalDate, Moment } from '#calendar'

/** What may happen to a dossier (hồ sơ TTHC), in the order it does when several share a day whose hours are not known. */
export const dossierMessageTypes = [
  'Submitted',
  'Accepted',
  'FeeRequested',
  'FeePaid',
  'SupplementRequested',
  'Supplemented',
  'SupplementExpired',
  'HandedOver',
  'Resolved',
  'ResultReturned',
  'Stopped',
  'Withdrawn',
  'Refused',
  'Overdue',
  'ApologyIssued',
  'ApologyDelivered',
  'Explained',
  'ExplanationRejected',
  'ExplanationAccepted',
  'Corrected',
  'Closed',
] as const

export type DossierMessageType = (typeof dossierMessageTypes)[number]

export const channels = ['direct', 'online', 'post'] as const
export type Channel = (typeof channels)[number]

/** Until when an apology is timely: one calendar day before the due date, or on it. */
export const apologyRules = ['day-before', 'at-expiry'] as const
export type ApologyRule = (typeof apologyRules)[number]

/** Who signed or acted. Personal data: never in a message, key or log. */
export interface Person {
  readonly agency: string | null
  readonly position: string | null
  readonly name: string | null
}

/** What a correction does to the message it names: another time, or as if it had never been. */
export type Change = { readonly occurredAt: Moment } | { readonly void: true }

export interface MessageData {
  /** `Accepted`: the day promised on form 01. */
  readonly appointment: LocalDate | null
  /** `ApologyIssued`: the day promised anew on form 04. */
  readonly newDate: LocalDate | null
  readonly signer: Person | null
  readonly by: Person | null
  readonly reason: string | null
  /** `Corrected`: id of the message, of the same source and dossier. */
  readonly corrects: string | null
  readonly change: Change | null
  /** `Overdue`: the due date that passed. */
  readonly due: LocalDate | null
}

/**
 * One fact about a dossier as a system reported it. Identity is source, dossier and id: a second delivery changes nothing.
 * Three times stand apart: when it happened, when the source wrote it down, when it was received here.
 */
export interface DossierMessage {
  readonly source: string
  readonly id: string
  /** Opaque; unique within the source only. */
  readonly dossier: string
  readonly type: DossierMessageType
  readonly occurredAt: Moment
  readonly recordedAtSource: Moment | null
  /** Where it was not noted: the source's time, else the time it happened. */
  readonly received: Moment
  readonly procedure: string | null
  readonly agency: string | null
  readonly channel: Channel | null
  /** `HandedOver`: number from 1, id or agency of the step that begins. */
  readonly step: string | null
  readonly apologyRule: ApologyRule | null
  readonly delayCausedBy: string | null
  readonly data: MessageData
}
