import { decodeCursor, encodeCursor, type Asking, type Query } from '#engine'
import { addDays, localDateOf, type LocalDate } from '#calendar'
import { Values } from '../rates/rate-figures.sql.js'
import { dossierReaders } from '../who-may-read.js'
import { boardProjection } from './board.projection.js'
import { chooseLists, isOne, type Chosen } from './choose-lists.js'
import { FindDossiers } from './find-dossiers.params.js'
import { anyDay, mostCounted, selectDossiers, type DueWithin } from './find-dossiers.sql.js'
import { shelvesOf } from './shelves.js'

export interface DossierListed {
  readonly source: string
  readonly dossier: string
  readonly procedure: string | null
  /** That accepted it, as the source writes it. */
  readonly agency: string | null
  readonly status: string
  readonly clock: string
  readonly submitted: LocalDate | null
  readonly accepted: LocalDate | null
  readonly firstDue: LocalDate | null
  readonly due: LocalDate | null
  readonly reappointedTo: LocalDate | null
  readonly ended: LocalDate | null
  readonly late: boolean
  /** Calendar days after the due date. */
  readonly lateDays: number
  /** Of a late dossier: what nobody has accounted for. */
  readonly missing: readonly string[]
  /** Why it cannot be judged; null for nearly all. */
  readonly problem: string | null
}

export interface DossierPage {
  readonly items: readonly DossierListed[]
  readonly total: number
  /** There are more than `total`: only so many were counted. */
  readonly totalIsAtLeast: boolean
  readonly next: string | null
  readonly asOf: LocalDate
}

const defaultLimit = 100

/** The dossiers an actor may see, filtered, sorted, a page at a time. */
export const findDossiers: Query<FindDossiers, DossierPage> = {
  name: 'dossiers.board',
  text: { vi: 'Danh sách hồ sơ', en: 'Dossiers' },
  input: FindDossiers,
  roles: dossierReaders,
  view: boardProjection,
  async answer({ params, actor, database, now }: Asking<FindDossiers>): Promise<DossierPage> {
    const asOf = params.asOf ?? localDateOf(now)
    const limit = params.limit ?? defaultLimit
    const sort = params.sort ?? (params.prefix === undefined ? 'due' : 'code')
    const isDescending = params.order === 'desc'
    const order = `${sort} ${isDescending ? 'DESC' : 'ASC'}`
    const chosen = await chooseLists(database, params, actor)
    const values = new Values()
    const text = selectDossiers(values, {
      chosen,
      asOf,
      shelves: shelvesAsked(params),
      source: params.source,
      prefix: params.prefix,
      within: dueWithin(params, asOf),
      sort,
      isDescending,
      after: params.cursor === undefined ? null : decodeCursor(order, params.cursor),
      limit: limit + 1,
      counted: countedOf(params, chosen),
    })
    const found = await database.query<Row>(text, values.all)
    // The total comes even where the page is empty, on a row of its own.
    const all = found.rows.filter(({ key }) => key !== null)
    const rows = all.slice(0, limit)
    const last = rows.at(-1)
    const isLast = all.length <= limit || last === undefined
    const { total, more } = found.rows[0]!
    return {
      items: rows.map(listed),
      total: Math.min(total, more ? mostCounted : total),
      totalIsAtLeast: more,
      next: isLast ? null : encodeCursor(order, { value: last.sort, key: last.key! }),
      asOf,
    }
  },
}

/** What is not late lacks nothing that a list could ask for. */
function shelvesAsked({ clock, state, late, missing }: FindDossiers): readonly number[] | null {
  if (late === 'false' && missing !== undefined) return []
  const isLate = missing !== undefined ? true : late === undefined ? undefined : late === 'true'
  return shelvesOf({ clock, state, isLate, missing })
}

/** What is late has ended late or is open past its due date; what is not has not. */
function dueWithin({ late, missing, dueFrom, dueTo }: FindDossiers, asOf: LocalDate): DueWithin {
  const [first, last] = anyDay
  // What has no due date lies within no days that are asked for.
  const asked = [dueFrom ?? first, dueTo ?? (dueFrom === undefined ? last : '9999-12-31')] as const
  const open =
    missing !== undefined || late === 'true'
      ? ([first, addDays(asOf, -1)] as const)
      : late === 'false'
        ? ([asOf, last] as const)
        : anyDay
  return {
    ended: asked,
    open: [asked[0] > open[0] ? asked[0] : open[0], asked[1] < open[1] ? asked[1] : open[1]],
  }
}

/**
 * Counts are kept of one agency or all, of one procedure or all, by standing; also where a text means them. A choice by
 * anything else is counted.
 */
function countedOf(
  { prefix, dueFrom, dueTo }: FindDossiers,
  { lists, besides }: Chosen,
): { readonly owner: string; readonly procedure: string } | null {
  if ([prefix, dueFrom, dueTo].some((asked) => asked !== undefined)) return null
  const conditions = [...(lists === null ? [] : [lists]), ...besides]
  if (!conditions.every(isOne)) return null
  const [owner = '', ...owners] = conditions.flatMap(({ agencies }) => agencies)
  const [procedure = '', ...procedures] = conditions.flatMap((one) => one.procedures)
  return owners.length + procedures.length > 0 ? null : { owner, procedure }
}

interface Row {
  readonly source: string
  readonly code: string
  readonly procedure: string | null
  readonly agency: string | null
  readonly status: string
  readonly clock: string
  readonly submitted: string | null
  readonly accepted: string | null
  readonly first_due: string | null
  readonly due: string | null
  readonly reappointed_to: string | null
  readonly ended: string | null
  readonly late: boolean
  readonly late_days: number | null
  readonly missing: readonly string[]
  readonly problem: string | null
  readonly key: string | null
  readonly sort: string
  readonly total: number
  readonly more: boolean
}

function listed({ code, first_due, reappointed_to, late_days, late, missing, ...row }: Row): DossierListed {
  const { key: _key, sort: _sort, total: _total, more: _more, ...shown } = row
  return {
    ...shown,
    dossier: code,
    firstDue: first_due,
    reappointedTo: reappointed_to,
    late,
    lateDays: late ? (late_days ?? 0) : 0,
    missing: late ? missing : [],
  }
}
