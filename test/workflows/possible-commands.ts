import type { Command, EventMetadata } from '#engine'
import type { EventStore } from '#event-store'
import { deriveId, type JsonValue } from '#kernel'
import { commandOf, knownEventId, walkedAt, type WorkflowCases } from '#testing/workflow'
import { allCases } from './cases.js'

/** A command that is accepted, and what has to happen before. */
export interface PossibleCommand {
  readonly name: string
  readonly command: Command
  readonly situation: WorkflowCases['situations'][string]
}

/**
 * One command for every transition of every workflow, each on an aggregate of its own, so that all of them may go to
 * one log.
 */
export function possibleCommands(): readonly PossibleCommand[] {
  return allCases.flatMap((cases) =>
    Object.keys(cases.transitions).map((transition) => possible(cases, transition)),
  )
}

function possible(cases: WorkflowCases, transition: string): PossibleCommand {
  const { workflow, people, transitions } = cases
  const { data, by } = transitions[transition]!
  const [name, situation] = whereAccepted(cases, transition)
  const founding = Object.keys(transitions).filter((one) => whereAccepted(cases, one)[1].length === 0)
  // Data that founds an aggregate may speak of its id.
  const aggregate =
    situation.length === 0 && founding.length === 1 ? cases.aggregate : `${transition}-${name}`
  const firstEvent = deriveId(commandOf(`${workflow.name}-${aggregate}`, 0), 0)
  return {
    name: `${workflow.name}: ${transition}`,
    situation,
    command: {
      id: deriveId('possible', workflow.name, transition),
      workflow: workflow.name,
      aggregate,
      transition,
      data: JSON.parse(JSON.stringify(data).replaceAll(knownEventId, firstEvent)) as JsonValue,
      actor: people[by[0]!]!,
    },
  }
}

function whereAccepted(
  { situations, transitions }: WorkflowCases,
  transition: string,
): readonly [name: string, situation: PossibleCommand['situation']] {
  return Object.entries(situations)[transitions[transition]!.answers.split(/\s+/).indexOf('✓')]!
}

/** Writes the events of the situation, as commands of their own have once written them. */
export async function prepare(store: EventStore, { command, situation }: PossibleCommand): Promise<void> {
  const stream = `${command.workflow}-${command.aggregate}`
  const events = situation.map(({ type, data, by }, index) => {
    const commandId = commandOf(stream, index)
    const metadata: EventMetadata = {
      commandId,
      transition: 'Situation',
      digest: commandId,
      actor: by,
      agency: null,
      occurredAt: walkedAt,
      correlationId: commandId,
      causationId: null,
    }
    return {
      id: deriveId(commandId, 0),
      type,
      data: data as JsonValue,
      metadata: metadata as unknown as JsonValue,
    }
  })
  if (events.length > 0) await store.append(stream, events, 'no-stream')
}
