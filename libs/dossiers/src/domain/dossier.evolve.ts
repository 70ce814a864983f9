import type { EventContext, Evolvers } from '#engine/workflow'
import type { DossierEvents, DossierFact } from './dossier.events.js'
import { dossierMessageTypes, type DossierMessageType } from './dossier.message.js'
import { known, type DossierState, type DossierStatus } from './dossier.state.js'

/** Facts add up, whatever order they come in: what they amount to is settled when it is asked for. */
function evolve(
  state: DossierState,
  type: DossierMessageType,
  fact: DossierFact,
  { actor }: EventContext,
): DossierState {
  return {
    status: statusAfter(state, type, fact),
    source: fact.source,
    code: fact.dossier,
    messages: [...state.messages, known(type, fact, actor)],
    agencies: fact.agencies === undefined ? state.agencies : { ...state.agencies, ...fact.agencies },
  }
}

/** Only our own closing closes; one that a source reports is judged with everything else. Voided, it is open again. */
function statusAfter(state: DossierState, type: DossierMessageType, fact: DossierFact): DossierStatus {
  if (type === 'Closed' && fact.own === true) return 'closed'
  const before = state.status === 'absent' ? 'open' : state.status
  const voids = type === 'Corrected' && fact.change !== undefined && 'void' in fact.change
  if (!voids || before === 'open') return before
  const closings = state.messages.filter(
    (message) => message.type === 'Closed' && message.actor !== undefined,
  )
  return closings.at(-1)?.id === fact.corrects ? 'open' : before
}

export const evolveDossier = Object.fromEntries(
  dossierMessageTypes.map((type) => [
    `dossier.${type}`,
    (state: DossierState, fact: DossierFact, context: EventContext) => evolve(state, type, fact, context),
  ]),
) as Evolvers<DossierState, DossierEvents>
