import { parseMoment } from '#calendar'
import type { Deciding } from '#engine/workflow'
import { isRefusal, RoviecError, type Refusal } from '#kernel'
import type {
  AcceptExplanation,
  Close,
  Correct,
  DeliverApology,
  Explain,
  IssueApology,
  MarkOverdue,
  MarkSupplementExpired,
  OfficeInput,
  RejectExplanation,
  TakeMessages,
  ToldFact,
} from './dossier.commands.js'
import type { DossierEvent, DossierFact } from './dossier.events.js'
import type { DossierMessage, DossierMessageType, Person } from './dossier.message.js'
import { dutiesDone } from './accountability.js'
import { hasHappenedBy } from './moments.js'
import * as refusals from './dossier.refusals.js'
import {
  known,
  messagesOf,
  momentText,
  saysTheSame,
  type DossierState,
  type KnownMessage,
} from './dossier.state.js'
import { settleMessages } from './settle-messages.js'
import { dossierKey } from './stream-key.js'

type Decision = readonly DossierEvent[] | Refusal
type Act<Command> = Deciding<DossierState, Command>

/**
 * Facts of a source, together or not at all. What is on record already adds nothing; an id that is on record with other
 * content is refused. Nothing else is: a fact that breaks a rule is recorded, and told by the assessment.
 */
export function takeMessages({ aggregate, state, command, actor, now }: Act<TakeMessages>): Decision {
  const { source, dossier, messages } = command
  if (dossierKey(source, dossier) !== aggregate) return refusals.otherDossier()
  const onRecord = new Map(state.messages.map((message) => [message.id, message]))
  const taken = new Map<string, DossierEvent>()
  let awaitsProcedure = state.messages.some(acceptsUnnamed)
  for (const told of messages) {
    const { type, pin } = told
    const received = told.receivedAt !== undefined && actor.roles.includes('system') ? told.receivedAt : now
    const pins = pin !== undefined && (type === 'Accepted' || awaitsProcedure)
    const fact = factOf(told, { source, dossier, receivedAt: received, ...(pins && { pin }) })
    awaitsProcedure ||= acceptsUnnamed({ type, ...fact })
    const event = { type: `dossier.${type}`, data: fact } as const
    const before = onRecord.get(fact.id) ?? taken.get(fact.id)
    if (before === undefined) {
      if (onRecord.size + taken.size >= refusals.mostMessages) return refusals.dossierFull()
      taken.set(fact.id, event)
      continue
    }
    const message = 'data' in before ? messageOf(before, actor.id) : before
    if (!saysTheSame(message, messageOf(event, actor.id))) return refusals.messageIdReused(fact.id)
  }
  return [...taken.values()]
}

const decidedHere = new Set<string>(['type', 'receivedAt', 'pin'])

/** Member by member, since it is done for every message: taking an object apart by the members left out is slow. */
function factOf(
  told: ToldFact,
  decided: Pick<DossierFact, 'source' | 'dossier' | 'receivedAt' | 'pin'>,
): DossierFact {
  const fact: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(told)) if (!decidedHere.has(name)) fact[name] = value
  return Object.assign(fact, decided) as unknown as DossierFact
}

/** An acceptance that names no procedure: what names it later pins it. */
function acceptsUnnamed({ type, procedure }: Pick<KnownMessage, 'type' | 'procedure'>): boolean {
  return type === 'Accepted' && procedure === undefined
}

function messageOf({ type, data }: DossierEvent, actor: string): KnownMessage {
  return known(type.slice('dossier.'.length) as DossierMessageType, data, actor)
}

export function explain(act: Act<Explain>): Decision {
  const { text, by } = act.command
  return recorded(act, 'Explained', { reason: text, ...signedBy(by) })
}

export function acceptExplanation(act: Act<AcceptExplanation>): Decision {
  return undecidable(act) ?? recorded(act, 'ExplanationAccepted', signedBy(act.command.by))
}

export function rejectExplanation(act: Act<RejectExplanation>): Decision {
  const { reason, by } = act.command
  return undecidable(act) ?? recorded(act, 'ExplanationRejected', { reason, ...signedBy(by) })
}

/** A second re-appointment and a wrong signer are recorded and flagged: the letter has gone out. */
export function issueApology(act: Act<IssueApology>): Decision {
  const { reason, newDate, signer, apologyRule } = act.command
  return recorded(act, 'ApologyIssued', {
    reason,
    signer: personOf(signer),
    ...(newDate !== undefined && { newDate }),
    ...(apologyRule !== undefined && { apologyRule }),
  })
}

export function deliverApology(act: Act<DeliverApology>): Decision {
  if (!dutiesDone(standing(act)).apology) return refusals.apologyMissing()
  const { how } = act.command
  return recorded(act, 'ApologyDelivered', how === undefined ? {} : { reason: how })
}

/** Whether it may be closed hangs on calendar and procedure: the assessment says it, of exactly these messages. */
export function close(act: Act<Close>): Decision {
  const { messages, missing } = act.command.assessed
  if (messages !== act.state.messages.length) return refusals.assessmentStale()
  return missing.length > 0 ? refusals.closingRefused(missing) : recorded(act, 'Closed', {})
}

export function correct(act: Act<Correct>): Decision {
  const { corrects, change, reason, by } = act.command
  if (!act.state.messages.some(({ id }) => id === corrects)) return refusals.correctedUnknown(corrects)
  const changed = change.void === true ? ({ void: true } as const) : timeOf(change.occurredAt ?? '', act.now)
  if (isRefusal(changed)) return changed
  return recorded(act, 'Corrected', { corrects, change: changed, reason, ...signedBy(by) })
}

/** Once per legal due date, however often the timer fires. */
export function markOverdue(act: Act<MarkOverdue>): Decision {
  return onceFor(act, 'Overdue')
}

/** Once per request, told by its last day. */
export function markSupplementExpired(act: Act<MarkSupplementExpired>): Decision {
  return onceFor(act, 'SupplementExpired')
}

function onceFor(act: Act<{ readonly due: string }>, type: DossierMessageType): Decision {
  const { due } = act.command
  const raised = act.state.messages.some((message) => message.type === type && message.due === due)
  return raised ? [] : recorded(act, type, { due })
}

function recorded(
  { state, occurredAt, now }: Act<unknown>,
  type: DossierMessageType,
  about: Partial<DossierFact>,
): Decision {
  if (state.messages.length >= 2 * refusals.mostMessages) return refusals.dossierFull()
  const data: DossierFact = {
    source: state.source,
    dossier: state.code,
    id: ownId(state.messages),
    occurredAt: momentText(parseMoment(occurredAt)),
    receivedAt: now,
    ...about,
    own: true,
  }
  return [{ type: `dossier.${type}`, data }]
}

/** No source's id is taken away: sources number their own messages as they like. */
function ownId(messages: readonly KnownMessage[]): string {
  const taken = new Set(messages.map(({ id }) => id))
  let number = messages.length + 1
  while (taken.has(`roviec:${number}`)) number++
  return `roviec:${number}`
}

/** Who is responsible hangs on calendar and procedure: the assessment says it, of exactly these messages. */
function undecidable(act: Act<AcceptExplanation | RejectExplanation>): Refusal | null {
  const { state, actor } = act
  const { messages, decidedBy } = act.command.assessed
  const events = standing(act)
  if (!dutiesDone(events).explanation) return refusals.explanationMissing()
  const explained = events.findLast(({ type }) => type === 'Explained')
  const { actor: by } = state.messages.find(({ id }) => id === explained?.id)!
  if (by === actor.id) return refusals.ownExplanation()
  if (messages !== state.messages.length) return refusals.assessmentStale()
  return decidedBy === null ? null : refusals.otherHead(decidedBy)
}

/** What stands after corrections. */
function standing({ state }: Act<unknown>): readonly DossierMessage[] {
  return settleMessages(messagesOf(state)).events
}

function timeOf(text: string, now: string): { readonly occurredAt: string } | Refusal {
  try {
    const moment = parseMoment(text)
    if (!hasHappenedBy(moment, parseMoment(now))) return refusals.occurredInFuture(text)
    return { occurredAt: momentText(moment) }
  } catch (error) {
    if (error instanceof RoviecError) return refusals.momentInvalid(text)
    throw error
  }
}

function signedBy(by: OfficeInput | undefined): Pick<DossierFact, 'by'> {
  return by === undefined ? {} : { by: personOf(by) }
}

function personOf({ agency, position, name }: OfficeInput): Person {
  return { agency: agency ?? null, position: position ?? null, name: name ?? null }
}
