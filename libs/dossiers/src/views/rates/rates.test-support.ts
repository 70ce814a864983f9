import fc from 'fast-check'
import type { Database } from '#database'
import type { EventStore, RecordedEvent } from '#event-store'
import { lives } from '../../domain/dossier.lives.test-support.js'
import type { OracleLife } from '../../domain/dossier.oracle.test-support.js'
import { ratesProjection } from './rates.projection.js'

const tables = ['head', 'calendar', 'procedure', 'agency', 'dossier', 'span', 'cell', 'sum', 'pair_sum'].map(
  (table) => `dossier_rates_${table}`,
)

/** The view without a worker: made once, emptied for each case, filled by pages as the case cuts them. */
export class RatesUnderTest {
  private constructor(private readonly database: Database) {}

  static async create(database: Database): Promise<RatesUnderTest> {
    await database.query('CREATE SCHEMA build_rates; CREATE SCHEMA view')
    await database.transaction(async (transaction) => {
      await transaction.query('SET LOCAL search_path = build_rates')
      await transaction.query(ratesProjection.create)
    })
    for (const table of tables)
      await database.query(`CREATE VIEW view.${table} AS SELECT * FROM build_rates.${table}`)
    return new RatesUnderTest(database)
  }

  async fill(events: readonly RecordedEvent[], cuts: readonly number[]): Promise<void> {
    await this.database.query(`
      SET search_path = build_rates; TRUNCATE ${tables.join(', ')}; INSERT INTO dossier_rates_head VALUES (0); RESET search_path`)
    await this.go(events, cuts)
  }

  async go(events: readonly RecordedEvent[], cuts: readonly number[]): Promise<void> {
    const ends = [...new Set([...cuts.map((cut) => cut % events.length), events.length])].sort(
      (a, b) => a - b,
    )
    let from = 0
    for (const to of ends) {
      const page = events.slice(from, to)
      from = to
      if (page.length === 0) continue
      await this.database.transaction(async (transaction) => {
        await transaction.query('SET LOCAL search_path = build_rates')
        await ratesProjection.apply(transaction, page)
      })
    }
  }

  /** Every row, as text, in an order of its own. */
  async rows(): Promise<Readonly<Record<string, readonly string[]>>> {
    const all = await Promise.all(
      tables.map(async (table) => {
        const { rows } = await this.database.query<{ row: string }>(
          `SELECT to_json(t)::text AS row FROM build_rates.${table} t ORDER BY 1`,
        )
        return [table, rows.map(({ row }) => row)] as const
      }),
    )
    return Object.fromEntries(all)
  }
}

export async function eventsOf(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ types: ratesProjection.events })) events.push(...page)
  return events
}

/** What became of one dossier, told by lines of a source in any order, some of them corrected. */
export interface ToldLife {
  readonly life: OracleLife
  readonly lines: readonly object[]
  readonly procedure: object
}

const agencies = ['mot-cua', 'so-nnmt', 'xa-khong-ten']
const fields = ['Đất đai', 'Hộ tịch']

/**
 * Names of agencies, procedures and dossiers are those of the ingest's test support.
 *
 * @param options.inForceSince whether a procedure may begin to be in force amid the life of its dossier
 */
export function toldLives(most: number, { inForceSince = false } = {}): fc.Arbitrary<readonly ToldLife[]> {
  return fc.array(told, { minLength: 1, maxLength: most }).map((all) =>
    all.map(({ life, agency, channel, field, handOvers, corrections, inForceFrom }, at): ToldLife => {
      const common = { source: 'mcdt', dossier: `H52-${at}`, procedure: `TT-${at}` }
      const { notes, appointment } = life
      const facts = notes.map(({ id, type, day }) => ({
        ...common,
        id,
        type,
        occurredAt: day,
        ...(type === 'Submitted' && { channel }),
        ...(['Submitted', 'Accepted', 'Resolved'].includes(type) && { agency: agencies[agency] }),
        ...(type === 'Accepted' && appointment !== null && { data: { appointment } }),
      }))
      const handed = handOvers.map((which, step) => ({
        ...common,
        id: `h${step}`,
        type: 'HandedOver',
        occurredAt: notes[which % notes.length]!.day,
        agency: agencies[step % 2],
      }))
      const corrected = corrections.map(({ which, to, isVoid }, number) => ({
        ...common,
        id: `c${number}`,
        type: 'Corrected',
        occurredAt: notes[to % notes.length]!.day,
        data: {
          corrects: notes[which % notes.length]!.id,
          change: isVoid ? { void: true } : { occurredAt: notes[to % notes.length]!.day },
        },
      }))
      return {
        life,
        lines: [...facts, ...handed, ...corrected],
        procedure: {
          code: common.procedure,
          ...(inForceSince && inForceFrom !== null && { validFrom: notes[inForceFrom % notes.length]!.day }),
          field: fields[field],
          time: life.days,
          unit: life.unit,
          supplement: life.restart ? 'restart' : 'resume',
          feeStopsClock: life.feeStops,
          maxSupplements: life.maxSupplements,
          steps: [
            // As no message writes it, and as the registry of these tests does not know it.
            { agency: 'Một-Cửa', time: 1, unit: 'working-day' },
            { agency: 'so-nnmt', time: 3, unit: 'working-day' },
          ],
        },
      }
    }),
  )
}

const told = fc.record({
  life: lives,
  agency: fc.nat({ max: 2 }),
  channel: fc.constantFrom('direct', 'online'),
  field: fc.nat({ max: 1 }),
  handOvers: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
  /** No version is in force before: a correction may leave the dossier without one. */
  inForceFrom: fc.option(fc.nat({ max: 20 }), { freq: 2 }),
  corrections: fc.array(
    fc.record({ which: fc.nat({ max: 20 }), to: fc.nat({ max: 20 }), isVoid: fc.boolean() }),
    {
      maxLength: 3,
    },
  ),
})
