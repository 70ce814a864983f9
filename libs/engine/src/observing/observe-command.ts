import { isUuid, RoviecError, type ErrorKind } from '#kernel'
import { StreamRevisionMismatch } from '#event-store'
import type { Command, Outcome } from '../commanding/command.js'
import type { Attempts } from '../commanding/command-handler.parts.js'
import type { Workflow } from '../workflow/workflow.js'
import type { Measures } from './measures.js'
import { attribute, inSpan } from './spans.js'

export interface CommandObservers {
  readonly workflows: ReadonlyMap<string, Workflow>
  readonly attempts: Attempts
  readonly measures: Measures
}

/** What the sender calls workflow and transition, as far as they exist: anything else may be any text. */
export function knownNames(
  { workflow, transition }: Pick<Command, 'workflow' | 'transition'>,
  workflows: ReadonlyMap<string, Workflow>,
): { readonly workflow: string | null; readonly transition: string | null } {
  const known = workflows.get(workflow)
  return {
    workflow: known?.name ?? null,
    transition: known?.transitions.has(transition) === true ? transition : null,
  }
}

/** Carries a command out in a span, counts it, and tells of it when it came to nothing by a rule. */
export async function observeCommand(
  { data: _data, ...command }: Command,
  { workflows, attempts, measures }: CommandObservers,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const began = performance.now()
  const names = knownNames(command, workflows)
  const [workflow, transition] = [names.workflow ?? 'unknown', names.transition ?? 'unknown']
  const done = (outcome: string): void =>
    measures.commanded(workflow, transition, outcome, (performance.now() - began) / 1_000)
  const attributes = {
    [attribute.workflow]: workflow,
    [attribute.transition]: transition,
    ...idAttributes(command),
  }
  return inSpan('roviec.command', attributes, async (span) => {
    try {
      const outcome = await work()
      span.setAttribute(attribute.outcome, outcome.status)
      if (outcome.status === 'refused') {
        span.setAttribute(attribute.code, outcome.refusal.code)
        if (isAttempt('refusal', command)) attempts.refused(command, outcome.refusal.code, outcome.revision)
      }
      done(outcome.status)
      return outcome
    } catch (error) {
      const kind = error instanceof RoviecError ? error.kind : 'fault'
      span.setAttribute(attribute.outcome, kind)
      if (error instanceof RoviecError && isAttempt(kind, command))
        attempts.refused(command, error.code, error instanceof StreamRevisionMismatch ? error.actual : null)
      done(kind)
      throw error
    }
  })
}

/**
 * What the program does by itself is no attempt: two of its steps may meet, a timer may fire before it is cancelled;
 * what is wrong among it is an incident of its process.
 */
function isAttempt(kind: ErrorKind, { actor }: Pick<Command, 'actor'>): boolean {
  return kind !== 'fault' && !actor.roles.includes('system')
}

/** What is no id may be anything, and is left out. */
function idAttributes({
  id,
  correlationId = id,
  causationId,
}: Omit<Command, 'data'>): Readonly<Record<string, string>> {
  const ids: Record<string, string> = {}
  if (isUuid(id)) ids[attribute.commandId] = id.toLowerCase()
  if (isUuid(correlationId)) ids[attribute.correlationId] = correlationId.toLowerCase()
  if (causationId !== undefined && isUuid(causationId)) ids[attribute.causationId] = causationId.toLowerCase()
  return ids
}
