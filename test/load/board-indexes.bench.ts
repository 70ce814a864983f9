import { boardProjection } from '#dossiers'
import { ProjectionRunner, reached, type Projection } from '#engine'
import { openPlatform } from '#platform'
import { configOf, fillLog } from './dossiers.sample.js'
import { freshDatabase } from './logs.js'
import { compare } from './measure.js'

/** Messages of a dossier of the sample, about. */
const messagesEach = 4.2

/**
 * What the indexes cost by which every list of dossiers is a piece of one: the board filled from the same log with and
 * without them. Keys stay in both: the board itself needs them.
 */
export async function boardIndexesBench(
  server: string,
  { messages, boardRounds: rounds }: { readonly messages: number; readonly boardRounds: number },
): Promise<void> {
  const platform = await openPlatform(configOf(await freshDatabase(server, 'bench_board')))
  const events = await fillLog(platform, Math.round(messages / messagesEach))
  const head = await platform.store.head()
  const fill = async (create: string): Promise<number> => {
    await platform.database.query(forgetBoard)
    const projection: Projection = { ...boardProjection, create }
    const runner = new ProjectionRunner(platform.store, platform.database, {
      failed: (_name, error) => console.error(error),
    })
    const begin = performance.now()
    runner.start([projection])
    await reached(platform.database, projection, head, 1_800_000)
    const perSecond = (Number(events) * 1_000) / (performance.now() - begin)
    await runner.stop()
    return perSecond
  }
  await compare(`The list of dossiers filled with ${events} messages`, rounds, [
    { name: 'without the indexes', run: () => fill(withoutIndexes(boardProjection.create)) },
    { name: 'with the indexes', run: () => fill(boardProjection.create) },
  ])
  await platform.close()
}

/** As if it had never been built: a second build would wait beside the first until somebody has it promoted. */
const forgetBoard = `
  DELETE FROM roviec.projection WHERE name = 'dossier_board';
  DROP SCHEMA IF EXISTS build_dossier_board_1 CASCADE`

function withoutIndexes(create: string): string {
  return create.replaceAll(/CREATE INDEX [^;]+;/g, '')
}
