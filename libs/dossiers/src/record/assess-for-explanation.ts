import { parseMoment } from '#calendar'
import type { Command, CommandHandler } from '#engine'
import type { EventStore } from '#event-store'
import { RoviecError } from '#kernel'
import { responsibleOf } from '../domain/accountability.js'
import { agencyId } from '../domain/agency-identity.js'
import { assess } from '../domain/assessment.js'
import type { AssessedUnit } from '../domain/dossier.commands.js'
import { isOf } from '../domain/dossier.parties.js'
import { messagesOf, type DossierState } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { settleMessages } from '../domain/settle-messages.js'
import { messagesBefore } from './messages-before.js'
import { rulebooksOf } from './rulebooks.js'

/** Decisions on an explanation, and what each becomes. */
const decisions: Readonly<Record<string, string>> = {
  AcceptExplanation: 'dossier.ExplanationAccepted',
  RejectExplanation: 'dossier.ExplanationRejected',
}

export function decidesOnExplanation(transition: string): boolean {
  return Object.hasOwn(decisions, transition)
}

/**
 * What a decision on an explanation needs to say of the dossier as it is: only the head of the agency where the delay
 * arose decides, and which one that is hangs on calendar and procedure. Where it is unknown, or unknown to the
 * registry, the head of any agency that the dossier names may.
 *
 * @param now ISO instant: as of it, unless the act says when it happened.
 */
export async function assessForExplanation(
  { commands, store }: { readonly commands: CommandHandler; readonly store: EventStore },
  act: Pick<Command, 'id' | 'aggregate' | 'transition' | 'actor' | 'occurredAt'>,
  now: string,
): Promise<AssessedUnit> {
  const before = await messagesBefore(store, act, decisions[act.transition]!)
  if (before !== null) return { messages: before, decidedBy: null }
  const { state } = await commands.load(dossierWorkflow, act.aggregate)
  const unit = await unitOf(store, state, act.occurredAt ?? now)
  const id = unit === null ? null : agencyId(state.agencies, unit)
  return { messages: state.messages.length, decidedBy: id === null || isOf(act.actor, id) ? null : unit }
}

async function unitOf(store: EventStore, state: DossierState, asOf: string): Promise<string | null> {
  const messages = messagesOf(state)
  const rulebook = await rulebooksOf(store).of(state, messages)
  try {
    const assessment = assess(rulebook, settleMessages(messages).events, parseMoment(asOf))
    return assessment && responsibleOf(assessment.events, assessment.life, assessment.steps).unit
  } catch (error) {
    if (error instanceof RoviecError && error.code === 'calendar-year-unknown') return null
    throw error
  }
}
