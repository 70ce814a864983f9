import { isUuid } from '#kernel'
import type { Command } from '../../commanding/command.js'
import type { Actor } from '../../workflow/actor.js'
import type { Workflow } from '../../workflow/workflow.js'
import { knownNames } from '../observe-command.js'
import type { AttemptRefused } from './attempt.events.js'

/** What is noted of an attempt, with the ids that tell what it belonged to. */
export interface Attempt {
  readonly data: AttemptRefused
  /** ISO instant. */
  readonly at: string
  readonly correlationId: string | null
  readonly causationId: string | null
}

const unknownActor = 'unknown'

/** Of the record, which is where actors come from; never a name. */
const actorId = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,119}$/u

function actorOf(id: string): string {
  return actorId.test(id) ? id : unknownActor
}

function uuidOrNull(text: string | undefined): string | null {
  return text !== undefined && isUuid(text) ? text.toLowerCase() : null
}

/** What a sender makes up may be a person's name or number: an aggregate is named where the log has it already. */
export function refusedCommand(
  command: Omit<Command, 'data'>,
  code: string,
  revision: bigint | null,
  workflows: ReadonlyMap<string, Workflow>,
  at: string,
): Attempt {
  const { workflow, transition } = knownNames(command, workflows)
  const commandId = uuidOrNull(command.id)
  return {
    at,
    correlationId: uuidOrNull(command.correlationId) ?? commandId,
    causationId: uuidOrNull(command.causationId),
    data: {
      kind: 'command',
      actor: actorOf(command.actor.id),
      agency: command.actor.agency,
      target: workflow,
      transition,
      aggregate: revision === null ? null : command.aggregate,
      code,
      commandId,
      dryRun: command.dryRun === true,
    },
  }
}

export function deniedQuestion(
  query: string | null,
  { id, agency }: Actor,
  code: string,
  at: string,
): Attempt {
  return {
    at,
    correlationId: null,
    causationId: null,
    data: { ...nothingNamed, kind: 'query', actor: actorOf(id), agency, target: query, code },
  }
}

/** @param keyId of the key that was sent, where it has the form of one: it may be shown, the secret may not. */
export function failedSignIn(keyId: string | null, code: string, at: string): Attempt {
  const shown = keyId !== null && isUuid(keyId) ? keyId.slice(0, shownOfKeyId) : null
  return {
    at,
    correlationId: null,
    causationId: null,
    data: { ...nothingNamed, kind: 'sign-in', actor: unknownActor, agency: null, aggregate: shown, code },
  }
}

/** Enough to find the key among those issued. Its first digits are the time it was made. */
const shownOfKeyId = 18

const nothingNamed = { target: null, transition: null, aggregate: null, commandId: null, dryRun: false }
