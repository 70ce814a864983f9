import { foldVietnamese } from '#kernel'

/** Ids in the registry by names as written. */
export type AgencyIds = Readonly<Record<string, string>>

/** The id that a name has, also where it is spelled otherwise than the names that are known; null where none has. */
export function agencyId(ids: AgencyIds, name: string): string | null {
  if (Object.hasOwn(ids, name)) return ids[name]!
  const folded = foldVietnamese(name)
  return Object.entries(ids).find(([known]) => foldVietnamese(known) === folded)?.[1] ?? null
}

/** Whether two names mean one agency: by their ids where these are known, else by the names, however spelled. */
export function isSameAgency(ids: AgencyIds, a: string, b: string): boolean {
  if (a === b) return true
  const key = (name: string): string => agencyId(ids, name) ?? foldVietnamese(name)
  return key(a) === key(b)
}
