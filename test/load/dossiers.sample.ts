import { MasterKeys, ProjectionRunner, reached } from '#engine'
import { newId } from '#kernel'
import { findActor, ingestDossiers, readConfig, seedBase, type Platform } from '#platform'
import { agenciesProjection, listAgencies } from '#registry'
import { throughputOf } from './measure.js'

/** As many as a province has, each with few dossiers at first: what is kept of each is sparse here and dense there. */
const procedures = 2_000
const fields = 20
const agenciesNamed = 90

/** Nothing of the bench is personal: a key made up for this run. */
const masterKey = MasterKeys.generate()

export function configOf(url: string): ReturnType<typeof readConfig> {
  return readConfig({ ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: masterKey })
}

/**
 * Lives of a year through the door of a source: one in twelve late, most of those not accounted for, one in sixteen
 * waited for a supplement. Answers how many events they made.
 */
export async function fillLog(platform: Platform, dossiers: number): Promise<bigint> {
  await seedBase(platform)
  const runner = new ProjectionRunner(platform.store, platform.database, {
    failed: (_name, error) => console.error(error),
  })
  runner.start([agenciesProjection])
  const clerk = await findActor(platform, 'van-thu-vpub')
  await reached(platform.database, agenciesProjection, await platform.store.head(), 60_000)
  await throughputOf(procedures, 32, async (number) => {
    await platform.commands.handleOrThrow({
      id: newId(),
      workflow: 'procedure',
      aggregate: `BENCH-${number}`,
      transition: 'SetVersion',
      data: {
        code: `BENCH-${number}`,
        name: `Thủ tục số ${number}`,
        field: `Lĩnh vực ${number % fields}`,
        time: 5 + (number % 10),
        unit: 'working-day',
        document: 'bench',
      },
      actor: clerk,
    })
  })
  const { answer } = await platform.queries.ask(listAgencies, { date: '2024-06-01' }, clerk)
  const names = answer.slice(0, agenciesNamed).map(({ name }) => name)
  const before = await platform.store.head()
  for await (const outcomes of ingestDossiers(platform, lines(dossiers, names), clerk)) {
    const bad = outcomes.find(({ problem }) => problem !== null)
    if (bad !== undefined) throw new Error(JSON.stringify(bad))
  }
  await runner.stop()
  return (await platform.store.head()) - before
}

async function* lines(
  dossiers: number,
  agencies: readonly string[],
): AsyncGenerator<{ readonly number: number; readonly text: string }> {
  const dayAfter = (days: number): string => new Date(Date.UTC(2024, 0, 2 + days)).toISOString().slice(0, 10)
  let number = 0
  for (let dossier = 0; dossier < dossiers; dossier++) {
    const agency = agencies[(dossier * 7) % agencies.length]!
    const accepted = (dossier * 13) % 330
    const isLate = dossier % 12 === 0
    const waited = dossier % 16 === 3 ? 2 + (dossier % 23) : 0
    const ended = accepted + waited + (isLate ? 24 + (dossier % 9) : 2 + (dossier % 5))
    const common = {
      source: 'mcdt',
      dossier: `H52-${dossier}`,
      procedure: `BENCH-${dossier % procedures}`,
      agency,
    }
    const channel = ['direct', 'online', 'post'][dossier % 3]
    const facts = [
      { type: 'Submitted', day: accepted, channel },
      { type: 'Accepted', day: accepted },
      { type: 'HandedOver', day: accepted },
      ...(waited === 0
        ? []
        : [
            { type: 'SupplementRequested', day: accepted + 1 },
            { type: 'Supplemented', day: accepted + 1 + waited },
          ]),
      ...(dossier % 25 === 7 ? [] : [{ type: 'Resolved', day: ended }]),
      ...(dossier % 36 === 0
        ? ['Explained', 'ExplanationAccepted', 'ApologyIssued', 'ApologyDelivered']
        : []
      ).map((type) => ({ type, day: ended + 3 })),
    ]
    for (const [at, { day, ...fact }] of facts.entries()) {
      const text = JSON.stringify({ ...common, ...fact, id: `${dossier}-${at}`, occurredAt: dayAfter(day) })
      yield { number: ++number, text }
    }
  }
}
