import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createDatabase, openEmbedded } from '#database'
import type { JsonValue } from '#kernel'
import { differences } from './differences.js'
import { currentRows, projections, storedRows, writeRows, type ViewRows } from './view-rows.js'

/** Writes what today's views make of the samples and prints what changed; other rows need another version. */
export async function updateRows(): Promise<{ readonly changed: number; readonly refused: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'roviec-golden-'))
  // The server may run as another user, who must be able to pass.
  await chmod(dataDir, 0o755)
  const server = await openEmbedded(dataDir, { durable: false })
  const database = createDatabase({ connection: server.url })
  let [changed, refused] = [0, 0]
  try {
    for (const projection of projections) {
      const [before, now] = [storedRows(projection), await currentRows(database, projection)]
      if (isDeepStrictEqual(before, now)) continue
      const other = otherRows(before, now)
      console.log(
        `rows of view ${projection.name} v${now.version}: ${before === undefined ? 'new' : 'changed'}`,
      )
      for (const line of other) console.log(`  ${line}`)
      if (other.length > 0 && before?.version === now.version) {
        console.log('  Not written: other rows of events that are recorded already. Raise the version first.')
        refused++
        continue
      }
      changed++
      await writeRows(projection, now)
    }
  } finally {
    await database.close()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { changed, refused }
}

/** What differs for samples that were there before: new ones are no change of the view. */
export function otherRows(before: ViewRows | undefined, now: ViewRows): readonly string[] {
  return Object.entries(before?.samples ?? {}).flatMap(([sample, rows]) =>
    differences(rows as JsonValue, now.samples[sample] as JsonValue | undefined, sample),
  )
}
