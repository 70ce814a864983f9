import { IsOptional, IsString, MaxLength } from 'class-validator'
import type { Asking, Query } from '#engine'
import type { EventStore } from '#event-store'
import { invalid } from '#kernel'
import { contextOf, type EventMetadata } from '#engine'
import { assess } from '../../domain/assessment.js'
import { messagesOf, type DossierState } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { dossierFormulas } from '../../domain/formulas/all-formulas.js'
import type { Formula, ReportPeriod } from '../../domain/formulas/formula.js'
import { settleMessages } from '../../domain/settle-messages.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { dossierReaders } from '../who-may-read.js'
import type { Fraction } from '../../domain/formulas/rate.js'
import { shown, type FormulaShown } from './find-rates.query.js'
import { readFigures, totalOf } from './rate-figures.js'
import { knownAt, selectItems, Values } from './rate-figures.sql.js'
import { agenciesAsked, asOf, cursorOf, PageAsked, pageAfter, partOf, periodAsked } from './rate-question.js'
import { ratesProjection } from './rates.projection.js'
import type { NamedPeriod } from './report-periods.js'

export class CompareRates extends PageAsked {
  /** Two formulas of dossiers: `qd766-2.1,can-xu-ly`. */
  @IsOptional() @IsString() @MaxLength(130) compare?: string
}

/** How one formula takes a dossier: as it should be, as it should not be, or not at all. */
export interface Taken {
  readonly counted: 'good' | 'bad' | null
  /** In Vietnamese, with the days that decide. */
  readonly why: string
}

export interface Difference {
  readonly source: string
  readonly dossier: string
  readonly agency: string | null
  /** Null where the registry does not know the name. */
  readonly agencyId: string | null
  readonly procedure: string | null
  readonly first: Taken
  readonly second: Taken
  /** Both reasons side by side, in Vietnamese. */
  readonly reason: string
}

export interface Comparison {
  readonly period: NamedPeriod
  readonly first: Fraction & { readonly formula: FormulaShown }
  readonly second: Fraction & { readonly formula: FormulaShown }
  readonly items: readonly Difference[]
  readonly next: string | null
  readonly position: string
}

const defaultPair = 'qd766-2.1,can-xu-ly'
/** Each is looked up in the log for its reason. */
const defaultLimit = 50

/** Why two formulas differ: the dossiers that they take differently, each with its reason. */
export const compareRates: Query<CompareRates, Comparison> = {
  name: 'dossiers.rates-compared',
  text: { vi: 'So sánh hai công thức', en: 'Two formulas side by side' },
  input: CompareRates,
  roles: dossierReaders,
  view: ratesProjection,
  async answer({ params, actor, database, store, now }: Asking<CompareRates>): Promise<Comparison> {
    const cursor = pageAfter(params.cursor)
    const asked = cursor?.at ?? params.at
    const pair = formulasOf(params.compare ?? defaultPair)
    const { period, position: since } = await periodAsked(params, { store, now }, asked)
    const agencies = agenciesAsked(params, actor)
    const figures = await readFigures(database, {
      formulas: pair.map((formula) => dossierFormulas.indexOf(formula)),
      at: asked,
      params,
      period,
      since,
      by: 'channel',
      agencies,
    })
    const { position } = figures
    const limit = params.limit ?? defaultLimit
    const { rows } = await asOf(database, { at: String(position) }, async (place) => {
      const values = new Values()
      const last = values.bind(period.to)
      const [first, second] = pair.map((formula) => takenSql(values, formula, period))
      const where = [
        knownAt(values, place),
        's.step = 0',
        `day_from <= ${last}::date AND day_until >= ${last}::date`,
        `${first} IS DISTINCT FROM ${second}`,
        ...partOf(values, params, agencies),
        ...(cursor === null ? [] : [`s.key > ${values.bind(cursor.key)}`]),
      ]
      const columns = `${first} AS first, ${second} AS second`
      const found = await database.query<Row>(selectItems(values, columns, where, limit + 1), values.all)
      return { head: BigInt(found.rows[0]!.head), rows: found.rows.filter(({ key }) => key !== null) }
    })
    const page = rows.slice(0, limit)
    const total = (formula: Formula): Comparison['first'] => ({
      formula: shown(formula),
      ...totalOf(figures, dossierFormulas.indexOf(formula)),
    })
    return {
      period,
      first: total(pair[0]),
      second: total(pair[1]),
      items: await Promise.all(page.map((row) => explained(store, row, pair, period, position))),
      next: rows.length > limit ? cursorOf({ at: String(position), key: page.at(-1)!.key, sort: '0' }) : null,
      position: String(position),
    }
  },
}

interface Row {
  readonly head: string
  readonly key: string
  readonly source: string
  readonly code: string
  readonly agency: string | null
  readonly agencyId: string | null
  readonly procedure: string
  readonly first: boolean | null
  readonly second: boolean | null
}

type Pair = readonly [Formula, Formula]

function formulasOf(names: string): Pair {
  const found = names
    .split(',')
    .map((name) => dossierFormulas.find((formula) => formula.name === name.trim()))
  const [first, second] = found
  if (found.length === 2 && first !== undefined && second !== undefined && first !== second)
    return [first, second]
  const known = dossierFormulas.map(({ name }) => name).join(', ')
  throw invalid('compare-invalid', {
    vi: `Nêu hai công thức khác nhau cách nhau dấu phẩy, ví dụ ${defaultPair}. Các công thức: ${known}.`,
    en: `Name two different formulas with a comma between, such as ${defaultPair}. Formulas: ${known}.`,
  })
}

/** Whether a formula takes the dossier as it should be; null where it does not count it. */
function takenSql({ bind }: Values, formula: Formula, { from }: ReportPeriod): string {
  const at = dossierFormulas.indexOf(formula)
  return `(CASE WHEN f${at} >= ${bind(from)}::date THEN n${at} = ${formula.favourable ? 1 : 0} END)`
}

/** The dossier as it was at the position, from the log itself. */
async function explained(
  store: EventStore,
  { key, source, code, agency, agencyId, procedure, first, second }: Row,
  pair: Pair,
  period: ReportPeriod,
  position: bigint,
): Promise<Difference> {
  const state = await stateAt(store, key, position)
  const messages = messagesOf(state)
  const rulebook = await rulebooksOf(store).of(state, messages)
  const assessment = assess(rulebook, settleMessages(messages).events, { date: period.to, time: null })
  const taken = ({ explain }: Formula, good: boolean | null): Taken => ({
    counted: good === null ? null : good ? 'good' : 'bad',
    why: assessment === null ? 'không rõ thủ tục' : explain(assessment, period, rulebook),
  })
  const [one, other] = [taken(pair[0], first), taken(pair[1], second)]
  return {
    source,
    dossier: code,
    agency,
    agencyId,
    procedure: procedure || null,
    first: one,
    second: other,
    reason: `${pair[0].name}: ${one.why}; ${pair[1].name}: ${other.why}`,
  }
}

async function stateAt(store: EventStore, key: string, position: bigint): Promise<DossierState> {
  const events = await store.readStream(`${dossierWorkflow.name}-${key}`)
  return events
    .filter((event) => event.position <= position)
    .reduce(
      (state, event) =>
        dossierWorkflow.evolve(state, event, contextOf(event.metadata as unknown as EventMetadata)),
      dossierWorkflow.initial,
    )
}
