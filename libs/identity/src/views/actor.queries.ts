import { backdatedDays } from '#calendar'
import { knownSteps, RecordId, recordQueries, type Query } from '#engine'
import { actorWorkflow, type ActorState } from '../domain/actor.workflow.js'

/** Who gives rights, and who looks into what was given. */
const readers = ['operator', 'inspectorate', 'auditor'] as const

export interface ActorShown extends ActorState {
  readonly id: string
  /** Of the last event: what `If-Match` is compared with. */
  readonly revision: string
}

/** An actor as of now: office, roles, scope, and the ids of the keys that hold. */
export const showActor: Query<RecordId, ActorShown> = {
  name: 'identity.actor',
  text: { vi: 'Người dùng', en: 'Actor' },
  input: RecordId,
  roles: readers,
  view: null,
  async answer({ params, store }) {
    const { after, event } = (await knownSteps(store, actorWorkflow, params.id)).at(-1)!
    return { id: params.id, revision: String(event.revision), ...after }
  },
}

/** What happened to an actor and what may be done with it, from the log. */
export const actorRecord = recordQueries(actorWorkflow, {
  name: 'identity.actor',
  text: { vi: 'người dùng', en: 'an actor' },
  roles: readers,
  backdatedDays,
})
