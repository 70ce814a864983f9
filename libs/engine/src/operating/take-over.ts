import { dropRetired, type Standing } from '../projecting/build.js'
import type { Transaction } from '../projecting/projection.js'
import { note, type Order } from './operation.js'
import {
  insertBuild,
  insertDiscarded,
  pauseBuilds,
  resumeBuilds,
  reviveBuild,
  selectBuildsAt,
  selectBuildsParking,
} from './operation.sql.js'
import type { Discarded, PromotionOrdered, RebuildOrdered, ReplayOrdered } from './projection.events.js'

interface BuildRow {
  readonly name: string
  readonly build: number
  readonly version: number
  readonly standing: Standing
}

type Effect = (transaction: Transaction, order: Order, builds: readonly BuildRow[]) => Promise<void>

/**
 * What an order does to the control tables, in the transaction that moves past it: what takes a moment is done there
 * and then; what needs the writer of a build is left to it as a pending operation.
 *
 * Orders that are older than a build were not meant for it: where views are made anew from an old log, the promotions
 * and rebuilds of the past are not repeated. Pauses hold for what there is, and what was discarded stays discarded.
 */
export async function takeOver(transaction: Transaction, order: Order): Promise<void> {
  const { rows } = await transaction.query<BuildRow & { born: string }>(selectBuildsAt, [order.name])
  const meant = rows.filter(({ born }) => BigInt(born) < order.position)
  if (rows.length === 0 && order.kind !== 'projection.Discarded')
    await failed(transaction, order, 'projection-unknown', 'No worker has begun this view')
  else await effects[order.kind]!(transaction, order, meant)
}

const rebuild: Effect = async (transaction, order, builds) => {
  const { version } = order.data as RebuildOrdered
  if (builds.length === 0) return obsolete(transaction, order)
  const underWay = builds.find((build) => build.standing === 'building' && build.version === version)
  if (underWay !== undefined)
    return failed(transaction, order, 'rebuild-under-way', `Build ${underWay.build} is being filled already`)
  for (const build of builds) if (build.standing === 'retired') await dropRetired(transaction, build)
  const begun = await transaction.query<{ build: number }>(insertBuild, [
    order.name,
    version,
    String(order.position),
  ])
  const { build } = begun.rows[0]!
  await note(transaction, order, build, 'done', { build, version })
}

const promote: Effect = async (transaction, order, builds) => {
  const { version } = order.data as PromotionOrdered
  if (builds.length === 0) return obsolete(transaction, order)
  const own = builds.filter((build) => build.version === version)
  const next = newest(own, 'building') ?? newest(own, 'retired')
  if (next === undefined) {
    const message = own.length > 0 ? 'It is live already' : 'There is no build of this version'
    return failed(transaction, order, 'nothing-to-promote', message)
  }
  await transaction.query(reviveBuild, [next.name, next.build])
  await note(transaction, order, next.build, 'pending')
}

const rollback: Effect = async (transaction, order, builds) => {
  if (builds.length === 0) return obsolete(transaction, order)
  const before = newest(builds, 'retired')
  if (before === undefined)
    return failed(transaction, order, 'nothing-to-roll-back-to', 'No earlier build is kept')
  await transaction.query(reviveBuild, [before.name, before.build])
  await note(transaction, order, before.build, 'pending')
}

const pauseAll: Effect = async (transaction, order) => {
  const paused = await transaction.query(pauseBuilds, [order.name])
  await note(transaction, order, 0, 'done', { builds: paused.rowCount })
}

const resumeAll: Effect = async (transaction, order) => {
  const resumed = await transaction.query(resumeBuilds, [order.name])
  await note(transaction, order, 0, 'done', { builds: resumed.rowCount })
}

const replay: Effect = async (transaction, order, builds) => {
  await leaveToParking(transaction, order, (order.data as ReplayOrdered).stream, builds)
}

const discard: Effect = async (transaction, order, builds) => {
  const { stream, first, last } = order.data as Discarded
  await transaction.query(insertDiscarded, [order.id, order.name, stream, first, last])
  await leaveToParking(transaction, order, stream, builds)
}

const effects: Readonly<Record<string, Effect>> = {
  'projection.RebuildOrdered': rebuild,
  'projection.PromotionOrdered': promote,
  'projection.RollbackOrdered': rollback,
  'projection.Paused': pauseAll,
  'projection.Resumed': resumeAll,
  'projection.ReplayOrdered': replay,
  'projection.Discarded': discard,
}

/** The types of the events that `takeOver` takes. */
export const orderTypes: readonly string[] = Object.keys(effects)

/** The writers of those builds in which the stream stands still. */
async function leaveToParking(
  transaction: Transaction,
  order: Order,
  stream: string,
  builds: readonly BuildRow[],
): Promise<void> {
  const { rows } = await transaction.query<{ build: number }>(selectBuildsParking, [order.name, stream])
  const parking = builds.filter(
    ({ build, standing }) => standing !== 'retired' && rows.some((row) => row.build === build),
  )
  for (const { build } of parking) await note(transaction, order, build, 'pending')
  if (parking.length === 0)
    await failed(transaction, order, 'nothing-parked', `Nothing of ${stream} is parked`)
}

function newest(builds: readonly BuildRow[], standing: Standing): BuildRow | undefined {
  return builds.findLast((build) => build.standing === standing)
}

async function obsolete(transaction: Transaction, order: Order): Promise<void> {
  await note(transaction, order, 0, 'done', { obsolete: true })
}

async function failed(transaction: Transaction, order: Order, code: string, message: string): Promise<void> {
  await note(transaction, order, 0, 'failed', { code, message })
}
