import type { LocalDate } from '#calendar'
import { noDay } from './board.sql.js'

/** All that decides where a dossier is counted, as its row holds it. */
export interface Place {
  readonly key: string
  readonly source: string
  readonly procedure: string | null
  readonly agencies: readonly string[]
  readonly shelf: number
  readonly due: LocalDate
  readonly hasEnded: boolean
}

/** How the counts change by a page: rows of their table, without those that come to nothing, always in one order. */
export function countChanges(before: readonly Place[], after: readonly Place[]): object[] {
  const changes = new Map<string, number>()
  const add = (place: Place, sign: 1 | -1): void => {
    const { source, shelf, agencies } = place
    const due = place.hasEnded ? noDay : place.due
    const procedures = place.procedure === null || place.procedure === '' ? [''] : ['', place.procedure]
    for (const owner of ['', ...agencies])
      for (const procedure of procedures) {
        const key = JSON.stringify([owner, procedure, source, shelf, due])
        changes.set(key, (changes.get(key) ?? 0) + sign)
      }
  }
  for (const place of before) add(place, -1)
  for (const place of after) add(place, 1)
  return [...changes]
    .filter(([, n]) => n !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, n]) => {
      const [owner, procedure, source, shelf, due] = JSON.parse(key) as readonly unknown[]
      return { owner, procedure, source, shelf, due, n }
    })
}
