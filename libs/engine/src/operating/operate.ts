import { newId, type JsonValue } from '#kernel'
import type { Database } from '#database'
import { eventId } from '../commanding/aggregate.js'
import type { Command } from '../commanding/command.js'
import type { Actor } from '../workflow/actor.js'
import { effectOf, type Operation } from './operation.js'
import { projectionWorkflow } from './projection.workflow.js'

export interface Operating {
  readonly database: Database
  readonly commands: { handleOrThrow(command: Command): Promise<{ readonly position: bigint | null }> }
}

export interface OrderGiven {
  /** Of the projection. */
  readonly view: string
  /** `Rebuild`, `Promote`, `Rollback`, `Pause`, `Resume`, `Replay` or `Discard`. */
  readonly transition: string
  readonly data: { readonly [member: string]: JsonValue }
  readonly actor: Actor
}

/**
 * Puts an order of an operator on record and waits for its effect.
 *
 * @returns what became of it in each build; still `pending`, or nothing where no worker has read it, after `waitMs`.
 * It is carried out all the same as soon as one does.
 * @throws CommandRefused, InvalidInput
 */
export async function operate(
  { commands, database }: Operating,
  { view, transition, data, actor }: OrderGiven,
  waitMs: number,
): Promise<readonly Operation[]> {
  const id = newId()
  await commands.handleOrThrow({
    id,
    workflow: projectionWorkflow.name,
    aggregate: view,
    transition,
    data,
    actor,
  })
  return effectOf(database, eventId(id, 0), waitMs)
}
