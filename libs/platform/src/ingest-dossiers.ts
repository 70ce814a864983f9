import { reached } from '#engine'
import type { Actor } from '#engine/workflow'
import { dossierWorkflow, ingestLines, mayIngest, type IngestSummary, type LineOutcome } from '#dossiers'
import { agenciesProjection, readDirectory } from '#registry'
import { byName } from './agencies-by-name.js'
import type { Platform } from './platform.js'

/** How long the registry may take to show what was entered last. */
const registryWithinMs = 20_000

/**
 * Messages of dossiers into the record, names of agencies looked up in the registry: where two contexts meet that do
 * not know each other.
 *
 * @throws RoviecError as `ingestLines`.
 */
export async function* ingestDossiers(
  { attempts, commands, store, database, clock }: Platform,
  lines: Parameters<typeof ingestLines>[1],
  actor: Actor,
): AsyncGenerator<readonly LineOutcome[], IngestSummary> {
  if (!mayIngest(actor)) {
    const attempted = {
      id: '',
      workflow: dossierWorkflow.name,
      transition: 'TakeMessages',
      aggregate: '',
      actor,
    }
    attempts.refused(attempted, 'not-permitted', null)
  }
  await reached(database, agenciesProjection, await lastChange(store), registryWithinMs)
  const resolveAgency = byName(await readDirectory(database))
  return yield* ingestLines({ commands, store, clock, actor, resolveAgency }, lines)
}

/** The registry's own last event: a busy log does not make anyone wait for what has nothing to do with agencies. */
async function lastChange(store: Platform['store']): Promise<bigint> {
  for await (const [event] of store.readAll({
    types: agenciesProjection.events,
    direction: 'backward',
    limit: 1,
  }))
    if (event !== undefined) return event.position
  return 0n
}
