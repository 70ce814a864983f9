import type { LocalDate } from '#calendar'
import { foldVietnamese } from '#kernel'

/**
 * What kind of body an agency is:
 * - `province`: the organs of the province itself (HĐND, UBND, their chairmen and standing bodies);
 * - `department`: sở, ban, ngành and offices under UBND tỉnh;
 * - `unit`: a unit within another agency;
 * - `district`, `commune`: local government below the province;
 * - `central`: the Government, ministries, and their branches in the province;
 * - `party`: organs of the Party; `union`: Mặt trận, unions and associations; `enterprise`;
 * - `collective`: a party such as "Các sở, ban, ngành" that nobody has expanded.
 */
export type AgencyKind = (typeof agencyKinds)[number]

export const agencyKinds = [
  'province',
  'department',
  'unit',
  'district',
  'commune',
  'central',
  'party',
  'union',
  'enterprise',
  'collective',
] as const

/**
 * How work passes on: by `merge` into another agency, by `split` among several, by `replacement` by one set up anew in
 * its place, each of which ends the agency; by `transfer` of a function, after which it goes on.
 */
export type SuccessionKind = (typeof successionKinds)[number]

export const successionKinds = ['merge', 'split', 'replacement', 'transfer'] as const

/**
 * How far a fact of the registry may be relied on: read in a document of the province or a legal text, read in one
 * secondary source, or entered from general knowledge and still to be compared with its decision.
 */
export type Confidence = (typeof confidences)[number]

export const confidences = ['document', 'secondary', 'unverified'] as const

/** Where a fact comes from. */
export interface Provenance {
  readonly source: string
  readonly confidence: Confidence
}

export interface OfficialName {
  readonly name: string
  /** First day in force; null where not known or of old. */
  readonly from: LocalDate | null
}

/** A spelling that documents use beside the official names. */
export interface Alias {
  readonly alias: string
  /** Last day on which it meant this agency; null where it still does or nobody else can be meant. */
  readonly to: LocalDate | null
}

/** A code of another register, such as `H52` of scheme `qd20-2020`. */
export interface AgencyCode {
  readonly scheme: string
  readonly code: string
  readonly from: LocalDate | null
  /** Last day in force. */
  readonly to: LocalDate | null
  readonly decision: string | null
}

export interface Succession {
  readonly successor: string
  /** First day on which the successor is responsible. */
  readonly date: LocalDate
  readonly kind: SuccessionKind
  readonly decision: string | null
}

/** All that the registry knows of one agency: the fold of its events. */
export interface AgencyFacts {
  /** Slug of the province, such as `son-la`; null for bodies of the whole country. */
  readonly province: string | null
  readonly kind: AgencyKind
  /** In order of their first day; the first is the name it was entered under. */
  readonly names: readonly [OfficialName, ...OfficialName[]]
  readonly aliases: readonly Alias[]
  readonly codes: readonly AgencyCode[]
  /** The agency it is a unit of. */
  readonly parent: string | null
  readonly validFrom: LocalDate | null
  /** The last day of its existence; null while it exists. */
  readonly validTo: LocalDate | null
  readonly successions: readonly Succession[]
}

export interface AgencyRecord extends AgencyFacts {
  /** Opaque; the stream of the agency is `agency-<id>`. */
  readonly id: string
}

/** The official name in force on the day; before its first and after its last day the nearest one. */
export function nameOn(agency: AgencyFacts, date: LocalDate): string {
  return agency.names.findLast(({ from }) => from === null || from <= date)?.name ?? agency.names[0].name
}

/** `son-la` for "Sơn La", "tỉnh Sơn La" and "son-la". */
export function provinceSlug(text: string): string {
  return foldVietnamese(text)
    .replace(/^tinh /u, '')
    .replace(/[^a-z0-9]+/gu, '-')
}
