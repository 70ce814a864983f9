import { CommandIdTaken, type CommandHandler, type Outcome } from '#engine'
import type { Actor } from '#engine/workflow'
import { deriveId, RoviecError, type JsonValue } from '#kernel'
import { known, messagesOf, saysTheSame, type DossierState } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { messageIdReused } from '../domain/dossier.refusals.js'
import { settleMessages } from '../domain/settle-messages.js'
import type { Problem } from '../evaluate/line-rejection.js'
import type { ReadLine } from './read-line.js'

export interface Sent {
  readonly outcome: 'accepted' | 'repeated' | 'rejected'
  readonly problem: Problem | null
  readonly warnings: readonly Problem[]
  readonly position: bigint | null
}

export interface Sending {
  readonly commands: CommandHandler
  readonly actor: Actor
}

/**
 * Messages of one dossier, in order, as one command; where that is refused, one by one, so that what is wrong with one
 * stops no other. The command id derives from what is sent: sent again it is the same command.
 *
 * @throws RoviecError of kind `fault`, `conflict` (others kept writing) or `forbidden`: send the same again.
 */
export async function sendMessages(
  sending: Sending,
  aggregate: string,
  lines: readonly ReadLine[],
): Promise<readonly Sent[]> {
  try {
    const outcome = await send(sending, aggregate, lines)
    if (outcome.status !== 'refused') return taken(lines, outcome)
    if (lines.length === 1) return [refused(outcome.refusal)]
  } catch (error) {
    if (isTooLarge(error)) {
      if (lines.length === 1) return [rejected({ code: error.code, message: error.text })]
    } else if (!isIdTaken(error)) throw error
    else if (lines.length === 1) return [await asOnRecord(sending, aggregate, lines[0]!)]
  }
  const sent: Sent[] = []
  for (const line of lines) sent.push(...(await sendMessages(sending, aggregate, [line])))
  return sent
}

function send(
  { commands, actor }: Sending,
  aggregate: string,
  lines: readonly ReadLine[],
): Promise<Outcome<DossierState>> {
  const { source, dossier } = lines[0]!
  return commands.handle<DossierState>({
    id: deriveId('dossier.messages', source, dossier, ...lines.map(({ fact }) => fact.id)),
    workflow: dossierWorkflow.name,
    aggregate,
    transition: 'TakeMessages',
    data: { source, dossier, messages: lines.map(({ fact }) => fact) as unknown as JsonValue },
    actor,
  })
}

type Accepted = Exclude<Outcome<DossierState>, { status: 'refused' }>

function taken(lines: readonly ReadLine[], { status, events, position, state }: Accepted): Sent[] {
  const written = new Set(
    status === 'accepted' ? events.map(({ data }) => (data as { readonly id?: string }).id) : [],
  )
  const aside = setAside(state)
  return lines.map(({ fact, warnings }) => ({
    // The first of two that say the same in one append is the one that was written.
    outcome: written.delete(fact.id) ? 'accepted' : 'repeated',
    problem: null,
    warnings: [...warnings, ...(aside.get(fact.id) ?? [])],
    position,
  }))
}

/** By id, messages that are recorded as they are and do not count for now. */
function setAside(state: DossierState): ReadonlyMap<string, readonly Problem[]> {
  if (!mayContradict(state)) return new Map()
  const { rejected } = settleMessages(messagesOf(state))
  return new Map(rejected.map(({ message, code, text }) => [message.id, [{ code, message: text }]]))
}

/** Only corrections, and results not after the day of a submission: nearly every dossier has neither, and is not settled. */
function mayContradict({ messages }: DossierState): boolean {
  let submitted = ''
  for (const { type, occurredAt } of messages) {
    if (type === 'Corrected') return true
    if (type === 'Submitted' && occurredAt > submitted) submitted = occurredAt
  }
  return messages.some(
    ({ type, occurredAt }) =>
      (type === 'Resolved' || type === 'ResultReturned') && occurredAt.slice(0, 10) <= submitted.slice(0, 10),
  )
}

function refused({ code, text, details }: Extract<Outcome, { status: 'refused' }>['refusal']): Sent {
  if (code === 'not-permitted') throw new RoviecError('forbidden', code, text, details)
  return rejected({ code, message: text })
}

function rejected(problem: Problem): Sent {
  return { outcome: 'rejected', problem, warnings: [], position: null }
}

/** The id was sent before, in other words: by another sender, with other sealed texts, or with other content. */
async function asOnRecord({ commands, actor }: Sending, aggregate: string, line: ReadLine): Promise<Sent> {
  const { state } = await commands.load(dossierWorkflow, aggregate)
  const { type, ...told } = line.fact
  const { source, dossier } = line
  const message = known(type, { ...told, source, dossier, receivedAt: '' }, actor.id)
  const before = state.messages.find(({ id }) => id === message.id)
  if (before !== undefined && saysTheSame(before, message))
    return { outcome: 'repeated', problem: null, warnings: line.warnings, position: null }
  const { code, text } = messageIdReused(message.id)
  return rejected({ code, message: text })
}

/** The store takes less at once: a limit of a server of EventStoreDB. */
export function isTooLarge(error: unknown): error is RoviecError {
  return error instanceof RoviecError && error.code === 'append-too-large'
}

function isIdTaken(error: unknown): boolean {
  return error instanceof CommandIdTaken
}
