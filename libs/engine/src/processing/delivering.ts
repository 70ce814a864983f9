import { deriveId, RoviecError } from '#kernel'
import { eventId } from '../commanding/aggregate.js'
import type { CommandHandler } from '../commanding/command-handler.js'
import { mayPass } from '../leading/may-pass.js'
import { faultOf, type Fault } from '../projecting/faults.js'
import type { Actor } from '../workflow/actor.js'
import type { Settle } from './process.commands.js'
import type { Outgoing } from './process.state.js'

/** The program itself. */
export const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

type Result = Settle['results'][number]

/** What became of the commands of an outbox, and the first that could not even be decided. */
export interface DeliveredOutbox {
  readonly results: readonly Result[]
  readonly stuck: (Fault & { readonly command: Pick<Outgoing, 'event' | 'index'> }) | null
}

/**
 * Sends the commands in their order. The id of each is that of its place in the reaction: sent again after a crash, it
 * meets itself in the log.
 *
 * @throws whatever may pass: nothing is settled then, and all are sent again.
 */
export async function deliver(
  commands: Pick<CommandHandler, 'handle'>,
  outbox: readonly Outgoing[],
): Promise<DeliveredOutbox> {
  const results: Result[] = []
  for (const outgoing of outbox) {
    const { event, index } = outgoing
    const sent = await send(commands, outgoing)
    if ('message' in sent) return { results, stuck: { ...sent, command: { event, index } } }
    results.push({ event, index, ...sent })
  }
  return { results, stuck: null }
}

async function send(
  commands: Pick<CommandHandler, 'handle'>,
  { reaction, index, correlationId, command }: Outgoing,
): Promise<Pick<Result, 'commandId' | 'outcome' | 'code'> | Fault> {
  const { workflow, aggregate, transition, data, tolerates = [] } = command
  const causationId = eventId(reaction, 0)
  const id = deriveId('process-command', causationId, index)
  const refused = (code: string): Pick<Result, 'commandId' | 'outcome' | 'code'> => {
    return { commandId: id, outcome: tolerates.includes(code) ? 'tolerated' : 'refused', code }
  }
  try {
    const what = { workflow, aggregate, transition, data }
    const outcome = await commands.handle({ id, ...what, actor: system, causationId, correlationId })
    return outcome.status === 'refused'
      ? refused(outcome.refusal.code)
      : { commandId: id, outcome: 'accepted' }
  } catch (error) {
    if (mayPass(error)) throw error
    return error instanceof RoviecError && error.kind !== 'fault' ? refused(error.code) : faultOf(error)
  }
}
