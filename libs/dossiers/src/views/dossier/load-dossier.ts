import { contextOf, type EventMetadata } from '#engine'
import type { Actor } from '#engine/workflow'
import type { EventStore, RecordedEvent } from '#event-store'
import { RoviecError } from '#kernel'
import { sees } from '../../domain/dossier.parties.js'
import type { DossierState } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { dossierUnknown } from './locate-dossier.js'

export interface LoadedDossier {
  readonly state: DossierState
  /** One message each, in order of receipt. */
  readonly events: readonly RecordedEvent[]
}

/**
 * The dossier from the log itself.
 *
 * @throws RoviecError `dossier-unknown`, or `outside-scope` when it names none of the actor's agencies.
 */
export async function loadDossier(
  store: EventStore,
  key: string,
  code: string,
  actor: Actor,
): Promise<LoadedDossier> {
  const events = await store.readStream(`${dossierWorkflow.name}-${key}`)
  if (events.length === 0) throw dossierUnknown(code)
  const state = events.reduce(
    (folded, event) =>
      dossierWorkflow.evolve(folded, event, contextOf(event.metadata as unknown as EventMetadata)),
    dossierWorkflow.initial,
  )
  if (!sees(actor, state)) throw outsideScope(code)
  return { state, events }
}

function outsideScope(code: string): RoviecError {
  return new RoviecError(
    'forbidden',
    'outside-scope',
    {
      vi: `Hồ sơ “${code}” không thuộc phạm vi cơ quan của bạn.`,
      en: `Dossier ${code} is outside the agencies you may see.`,
    },
    { code },
  )
}
