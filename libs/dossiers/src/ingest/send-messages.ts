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
    if (outcome.status !== 'refused') return lines.map((line) => taken(line, outcome))
    if (lines.length === 1) return [refused(outcome.refusal)]
  } catch (error) {
    if (!isIdTaken(error)) throw error
    if (lines.length === 1) return [await asOnRecord(sending, aggregate, lines[0]!)]
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

function taken(line: ReadLine, { status, events, position, state }: Accepted): Sent {
  const isNew =
    status === 'accepted' && events.some(({ data }) => (data as { readonly id?: string }).id === line.fact.id)
  return {
    outcome: isNew ? 'accepted' : 'repeated',
    problem: null,
    warnings: [...line.warnings, ...setAside(line, state)],
    position,
  }
}

/** These may contradict what is known already; others cannot be set aside by what was there before them. */
const contradicting: ReadonlySet<string> = new Set(['Corrected', 'Resolved', 'ResultReturned', 'Submitted'])

/** Whether the message, recorded as it is, does not count for now. */
function setAside({ fact }: ReadLine, state: DossierState): Problem[] {
  if (!contradicting.has(fact.type)) return []
  const { rejected } = settleMessages(messagesOf(state))
  return rejected
    .filter(({ message }) => message.id === fact.id)
    .map(({ code, text }) => ({ code, message: text }))
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

function isIdTaken(error: unknown): boolean {
  return error instanceof CommandIdTaken
}
