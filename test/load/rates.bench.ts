import { createDatabase } from '#database'
import {
  boardProjection,
  findDossiers,
  findRateItems,
  findRates,
  findUnaccounted,
  ratesProjection,
  type Rates,
} from '#dossiers'
import { ProjectionRunner, reached, type Query } from '#engine'
import { findActor, openPlatform, type Platform } from '#platform'
import { listAgencies } from '#registry'
import { configOf, fillLog } from './dossiers.sample.js'
import { freshDatabase } from './logs.js'
import { countFromSpans, growing } from './rates.sql.js'

const small = 10_000
/** After all that happened, as today is: the mass goes on into 2025. */
const asOf = '2026-01-31'
const quarter = { from: '2024-10-01', to: '2024-12-31' }

/**
 * Rates by agency, the register and the list, over 10,000 dossiers and over `large`. The 10,000 come through the door of
 * a source and their views through the projections; the mass is made of them by SQL, each copy at other days and
 * agencies, and the sums of the copies with it. Calls on either take turns, so that whatever else the machine does falls
 * on both.
 */
export async function ratesBench(
  server: string,
  { ratesOver: large, seconds }: { readonly ratesOver: number; readonly seconds: number },
): Promise<void> {
  const url = await freshDatabase(server, 'bench_rates')
  await fillSample(url)
  const grown = await copied(server, url, 'bench_rates_large')
  await grow(grown, Math.round(large / small) - 1)
  const platforms = await Promise.all([url, grown].map((one) => openPlatform(configOf(one))))
  await assertSame(platforms[1]!)
  console.log(`Questions over ${small} and ${large} dossiers, p50 and p99 in milliseconds`)
  for (const asked of await questions(platforms[0]!)) await question(platforms, seconds, asked)
  for (const platform of platforms) await platform.close()
}

interface Asked {
  readonly name: string
  readonly query: Query
  readonly params: object
  /** As of so many events ago, or of a share of the log. */
  readonly ago?: number
}

/** Each with an answer of one size in both: full pages, the same rows of a table. */
async function questions(platform: Platform): Promise<readonly Asked[]> {
  const actor = await findActor(platform, 'van-thu-vpub')
  const { answer: agencies } = await platform.queries.ask(listAgencies, { date: '2024-06-01' }, actor)
  const agency = agencies[7]!.id
  const list = (name: string, params: object, limit = 50): Asked => ({
    name: `list: ${name}`,
    query: findDossiers as Query,
    params: { asOf, limit, ...params },
  })
  const { answer: all } = await platform.queries.ask(findDossiers, { asOf, limit: 500 }, actor)
  const rates = (name: string, params: object, ago?: number): Asked => ({
    name: `rates: ${name}`,
    query: findRates as Query,
    params: { ...quarter, ...params },
    ...(ago !== undefined && { ago }),
  })
  const items = (name: string, params: object): Asked => ({
    name: `items: ${name}`,
    query: findRateItems as Query,
    params: { ...quarter, limit: 50, ...params },
  })
  return [
    ...['agency', 'field', 'procedure', 'channel', 'step'].map((by) => rates(`by ${by}`, { by })),
    rates('by field, of an agency', { by: 'field', agency }),
    rates('by agency, of a field', { by: 'agency', field: 'Lĩnh vực 3' }),
    rates('by channel, of a procedure', { by: 'channel', procedure: 'BENCH-3' }),
    rates('by procedure, of a channel', { by: 'procedure', channel: 'post' }),
    rates('by agency, of a procedure', { by: 'agency', procedure: 'BENCH-3' }),
    rates('by procedure, days amid months', { by: 'procedure', from: '2024-06-15', to: '2024-09-10' }),
    rates('by field, 2,000 events ago', { by: 'field' }, 2_000),
    rates('by procedure, 2,000 events ago', { by: 'procedure' }, 2_000),
    rates('by field, half the log ago', { by: 'field' }, 0.5),
    items('of the province', {}),
    items('late, of an agency', { agency, formula: 'can-xu-ly', numerator: 'in' }),
    items('of a procedure', { procedure: 'BENCH-3', limit: 5 }),
    { name: 'register, with coverage', query: findUnaccounted as Query, params: { asOf } },
    { name: 'register, 2,000 events ago', query: findUnaccounted as Query, params: { asOf }, ago: 2_000 },
    list('default', {}, 100),
    list('a deep page', { cursor: all.next }),
    list('by acceptance, the latest first', { sort: 'accepted', order: 'desc' }),
    list('by code', { sort: 'code' }),
    list('of an agency', { agency }),
    list('of a procedure', { procedure: 'BENCH-3' }),
    list('of a source', { source: 'mcdt' }),
    list('running', { clock: 'running' }),
    list('open', { state: 'open' }),
    list('late', { late: 'true' }),
    list('not late', { late: 'false' }),
    list('late without an explanation', { missing: 'explanation' }),
    list('due within a month', { dueFrom: '2024-06-01', dueTo: '2024-06-30' }),
    list('codes that begin alike', { prefix: 'H52-12' }),
    list('text, a field of work', { text: 'linh vuc' }),
    list('text, an agency', { text: String(agencies[7]!.name) }),
    list('text, a code', { text: 'H52-1234' }),
    list('late, of an agency and a procedure', { agency, procedure: 'BENCH-7', late: 'true' }, 1),
  ]
}

async function question(
  platforms: readonly Platform[],
  seconds: number,
  { name, query, params, ago }: Asked,
): Promise<void> {
  const times: number[][] = platforms.map(() => [])
  const ask = await Promise.all(
    platforms.map(async (platform) => {
      const actor = await findActor(platform, 'van-thu-vpub')
      const at = ago === undefined ? {} : { at: await positionBefore(platform, ago) }
      return (): Promise<unknown> => platform.queries.ask(query, { ...params, ...at }, actor)
    }),
  )
  const end = performance.now() + seconds * 10_000
  for (let round = 0; round < 20 || (performance.now() < end && round < 400); round++)
    for (const [at, one] of ask.entries()) {
      const begin = performance.now()
      await one()
      if (round >= 5) times[at]!.push(performance.now() - begin)
    }
  const [few, many] = times.map((all) => all.toSorted((a, b) => a - b)) as [number[], number[]]
  const at = (all: number[], share: number): number =>
    all[Math.min(all.length - 1, Math.floor(all.length * share))]!
  const line = [0.5, 0.99].map((share) => {
    const [one, other] = [at(few, share), at(many, share)]
    return `p${share * 100} ${one.toFixed(1).padStart(7)} ${other.toFixed(1).padStart(8)} ${(other / one).toFixed(2).padStart(6)}×`
  })
  console.log(`  ${name.padEnd(28)} ${line.join('   ')}   (${few.length} calls)`)
}

/** By where the view stands: the log itself is that of the sample. */
async function positionBefore({ database }: Platform, ago: number): Promise<string> {
  const { rows } = await database.query<{ position: string }>('SELECT position FROM view.dossier_rates_head')
  const head = Number(rows[0]!.position)
  return String(head - (ago < 1 ? Math.floor(head * ago) : ago))
}

async function fillSample(url: string): Promise<void> {
  const platform = await openPlatform(configOf(url))
  const events = await fillLog(platform, small)
  const head = await platform.store.head()
  // None but the views that are asked.
  const runner = new ProjectionRunner(platform.store, platform.database, {
    failed: (_name, error) => console.error(error),
  })
  const begin = performance.now()
  runner.start([boardProjection, ratesProjection])
  await reached(platform.database, ratesProjection, head, 1_800_000)
  await reached(platform.database, boardProjection, head, 1_800_000)
  await tellFilled(platform, events, begin)
  await runner.stop()
  await platform.close()
}

async function tellFilled(platform: Platform, events: bigint, begin: number): Promise<void> {
  const took = ((performance.now() - begin) / 1_000).toFixed(1)
  const { rows } = await platform.database.query<{ spans: number; sums: number }>(
    `SELECT (SELECT count(*)::integer FROM view.dossier_rates_span) AS spans,
            (SELECT count(*)::integer FROM view.dossier_rates_sum)
              + (SELECT count(*)::integer FROM view.dossier_rates_pair_sum) AS sums`,
  )
  console.log(
    `${events} events of ${small} dossiers: ${rows[0]!.spans} spans, ${rows[0]!.sums} sums; the views filled in ${took} s`,
  )
}

/** Another database with the same content. */
async function copied(server: string, from: string, name: string): Promise<string> {
  const target = new URL(await freshDatabase(server, name))
  const admin = createDatabase({ connection: server, max: 1 })
  await admin.query(`DROP DATABASE ${name}`)
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(from).pathname.slice(1)}`)
  await admin.close()
  return target.href
}

async function grow(url: string, copies: number): Promise<void> {
  const begin = performance.now()
  const database = createDatabase({ connection: url, max: 1 })
  const formulas = new Set(ratesProjection.create.match(/\bd\d+ integer/g)).size
  for (const statement of await growing(database, copies, formulas)) await database.query(statement)
  await database.close()
  console.log(`copied ${copies} times in ${((performance.now() - begin) / 1_000).toFixed(0)} s`)
}

/** The generated sums must be those of the generated spans, or the figures above would be of something else. */
async function assertSame(platform: Platform): Promise<void> {
  const actor = await findActor(platform, 'van-thu-vpub')
  const { answer } = await platform.queries.ask(findRates, { ...quarter, formula: 'can-xu-ly' }, actor)
  const { numerator, denominator } = (answer as Rates).total
  const { rows } = await platform.database.query<object>(countFromSpans, [quarter.to, quarter.from])
  if (JSON.stringify(rows[0]) !== JSON.stringify({ denominator, numerator }))
    throw new Error(`sums and spans differ: ${JSON.stringify([rows[0], answer])}`)
}
