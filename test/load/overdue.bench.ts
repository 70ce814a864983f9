import { randomBytes } from 'node:crypto'
import { newId } from '#kernel'
import type { Actor } from '#engine/workflow'
import { openPlatform, readConfig, seedBase, type Platform } from '#platform'
import { freshDatabase } from './logs.js'
import { throughputOf } from './measure.js'

export interface OverdueBenchOptions {
  /** Dossiers that are late together. */
  readonly dueTimers: number
}

const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }
const procedure = { code: 'BENCH-TT', time: 10, unit: 'working-day', document: 'bench' }

/**
 * Dossiers that turn out late together: from the moment a worker starts until `Overdue` is on record for each. They are
 * told late, so that no day has to pass; what a due timer adds, its fire, is in the bench of timers.
 */
export async function overdueBench(server: string, { dueTimers: count }: OverdueBenchOptions): Promise<void> {
  const url = await freshDatabase(server, 'bench_overdue')
  const config = readConfig({
    ROVIEC_DATABASE_URL: url,
    ROVIEC_MASTER_KEY: randomBytes(32).toString('base64'),
  })
  const filling = await openPlatform(config)
  await seedBase(filling)
  await send(filling, 'procedure', procedure.code, 'SetVersion', procedure)
  const told = await throughputOf(count, 64, (index) => accept(filling, index))
  await filling.close()
  const platform = await openPlatform(config, {
    log: { failed: (name, error) => console.error(name, error) },
  })
  const begin = performance.now()
  platform.startWorker()
  const seconds = (): number => (performance.now() - begin) / 1_000
  const first = await until(platform, 'dossier.Overdue', count, seconds)
  const opened = await until(platform, 'accountability.DutiesOpened', count, seconds)
  console.log(
    `Dossiers that are overdue at once: ${count.toLocaleString('en')} (told at ${told.toFixed(0)}/s)`,
  )
  console.log(
    `  Overdue on record for all after ${first.toFixed(1)} s, duties opened after ${opened.toFixed(1)} s`,
  )
  await platform.close()
}

async function accept(platform: Platform, index: number): Promise<void> {
  const dossier = `BENCH-${index}`
  const about = { procedure: procedure.code, agency: 'Sở Tư pháp', pin: { calendar: 'vn/7', procedure: 1 } }
  const message = { type: 'Accepted', id: 'a', occurredAt: '2026-04-15', ...about }
  await send(platform, 'dossier', `bench:${dossier}`, 'TakeMessages', {
    source: 'bench',
    dossier,
    messages: [message],
  })
}

async function send(
  platform: Platform,
  workflow: string,
  aggregate: string,
  transition: string,
  data: Parameters<Platform['commands']['handleOrThrow']>[0]['data'],
): Promise<void> {
  await platform.commands.handleOrThrow({ id: newId(), workflow, aggregate, transition, data, actor: system })
}

/** Seconds until so many events of the type are on record. */
async function until(
  { store }: Platform,
  type: string,
  count: number,
  seconds: () => number,
): Promise<number> {
  let seen = 0
  const stop = new AbortController()
  for await (const delivery of store.subscribe(0n, { types: [type], signal: stop.signal })) {
    if (delivery.kind === 'events') seen += delivery.events.length
    if (seen >= count) break
  }
  stop.abort()
  return seconds()
}
