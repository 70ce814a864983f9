import type { Database } from '#database'
import type { Actor } from '#engine/workflow'
import { foldVietnamese, tidyVietnamese } from '#kernel'
import type { FindDossiers } from './find-dossiers.params.js'
import { Values } from '../rates/rate-figures.sql.js'

/** A list that is kept in order: of all dossiers, of an agency, of a procedure. */
export interface Lists {
  readonly agencies: readonly string[]
  readonly procedures: readonly string[]
  /** What codes begin or end with. */
  readonly codes: readonly string[]
}

/** One condition of a question that ordered lists can answer. */
interface Condition extends Lists {
  /** Dossiers on these lists, those on several counted as often. */
  readonly n: number
}

export interface Chosen {
  /** What is read in order; null: all dossiers. */
  readonly lists: Lists | null
  /** What each dossier read has to meet besides. */
  readonly besides: readonly Lists[]
}

/** From this share of all dossiers on, reading all of them in order meets a page soon enough. */
const dense = 0.02
/** Dossiers found by their code that are still sorted by themselves. */
const fewCodes = 2_000

const nothing: Lists = { agencies: [], procedures: [], codes: [] }

/**
 * Which lists to read: those of the condition that the fewest dossiers meet, where they are few, or one list. Where many
 * lists make up a good part of all dossiers, all are read in order: a page is met soon, and no list is read in vain.
 */
export async function chooseLists(
  database: Database,
  { agency, procedure, text }: Pick<FindDossiers, 'agency' | 'procedure' | 'text'>,
  { scope }: Actor,
): Promise<Chosen> {
  // Who sees an agency sees every dossier that names it.
  const isSeen = scope === 'all' || (agency !== undefined && scope.includes(agency))
  const plain: readonly Lists[] = [
    ...(agency === undefined ? [] : [{ ...nothing, agencies: [agency] }]),
    ...(isSeen ? [] : [{ ...nothing, agencies: scope }]),
    ...(procedure === undefined ? [] : [{ ...nothing, procedures: [procedure] }]),
  ]
  const asked = text === undefined || text.trim() === '' ? plain : [...plain, await namedIn(database, text)]
  const [only] = asked
  if (only === undefined) return { lists: null, besides: [] }
  if (asked.length === 1 && isOne(only)) return { lists: only, besides: [] }
  const { all, conditions } = await counted(database, asked)
  const [first, ...others] = conditions.toSorted((a, b) => a.n - b.n)
  if (isOne(first!) || first!.n < all * dense) return { lists: first!, besides: others }
  return { lists: null, besides: conditions }
}

/** Whether no dossier can be met twice. */
export function isOneList({ lists }: Chosen): boolean {
  return lists === null || isOne(lists)
}

/** Whether no dossier can be met twice, and how many there are is kept. */
export function isOne({ agencies, procedures, codes }: Lists): boolean {
  return codes.length === 0 && agencies.length + procedures.length === 1
}

/** The agencies and procedures that all words of a text are found in, each by one of its names. */
async function namedIn(database: Database, text: string): Promise<Lists> {
  const { all, bind } = new Values()
  const like = foldVietnamese(text)
    .split(' ')
    .map((word) => `words LIKE ${bind(`%${escaped(word)}%`)}`)
  const { rows } = await database.query<{ kind: string; value: string }>(
    `SELECT DISTINCT kind, value FROM view.dossier_board_name WHERE ${like.join(' AND ')}`,
    all,
  )
  const of = (kind: string): string[] => rows.filter((row) => row.kind === kind).map(({ value }) => value)
  const code = tidyVietnamese(text)
  return {
    agencies: of('agency'),
    procedures: of('procedure'),
    codes: [...new Set([code, code.toUpperCase()])],
  }
}

async function counted(
  database: Database,
  asked: readonly Lists[],
): Promise<{ readonly all: number; readonly conditions: readonly Condition[] }> {
  const values = new Values()
  const { bind } = values
  const ofAll = `owner = '' AND procedure = ''`
  const found = (where: string): string =>
    `(SELECT count(*) FROM (SELECT FROM ${where} LIMIT ${fewCodes + 1}) found)`
  const sums = asked.map(({ agencies, procedures, codes }) => {
    const byCode = codes.flatMap((code) => [
      found(`view.dossier_board_dossier d WHERE ${endsWith(values, code)}`),
      found(`(SELECT DISTINCT source, shelf FROM view.dossier_board_count WHERE ${ofAll}) h, LATERAL (
          SELECT FROM view.dossier_board_dossier d
           WHERE d.source = h.source AND d.shelf = h.shelf AND ${beginsWith(values, code, 'd')}) begins`),
    ])
    return `
      (SELECT coalesce(sum(n), 0) FROM view.dossier_board_count
        WHERE owner = ANY (${bind(agencies)}::text[]) AND procedure = ''
           OR owner = '' AND procedure = ANY (${bind(procedures)}::text[]))::integer AS n,
      (${byCode.join(' + ') || '0'})::integer AS codes`
  })
  const parts = sums.map((sum, at) => `SELECT ${at} AS at, ${sum}`)
  const { rows } = await database.query<{ at: number; n: number; codes: number; all: number }>(
    `SELECT parts.*, (SELECT coalesce(sum(n), 0) FROM view.dossier_board_count WHERE ${ofAll})::integer AS all
       FROM (${parts.join(' UNION ALL ')}) parts ORDER BY at`,
    values.all,
  )
  return {
    all: rows[0]!.all,
    // What too many codes end with is no list: all dossiers are read in order. What no code has is not looked for again.
    conditions: rows.map(({ at, n, codes, all }) => ({
      ...asked[at]!,
      ...(codes === 0 && { codes: [] }),
      n: codes > fewCodes ? all : n + codes,
    })),
  }
}

/** Later than any text that goes on after it. */
const lastCharacter = '\u{10FFFF}'

/** Conditions on codes that an index answers. */
export function beginsWith({ bind }: Values, code: string, row: string): string {
  return `${row}.code >= ${bind(code)} AND ${row}.code < ${bind(`${code}${lastCharacter}`)}`
}

export function endsWith({ bind }: Values, code: string): string {
  return `reverse(d.code) LIKE ${bind(`${escaped(Array.from(code).reverse().join(''))}%`)}`
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
