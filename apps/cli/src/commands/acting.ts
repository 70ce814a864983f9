import type { Command } from 'commander'
import type { Query } from '#engine'
import type { Workflow } from '#engine/workflow'
import { newId, type JsonValue } from '#kernel'
import { refused } from '#platform'
import type { Answer } from '../output/answer.js'
import type { Session } from '../session.js'
import { operatorOf } from './operating.js'

/** Asks in the operator's name, of everything that is in the log now. */
export async function askAsOperator<Params, Result>(
  { platform, actor, askAs }: Session,
  command: Command,
  query: Query<Params, Result>,
  params: object,
): Promise<Result> {
  const by = await operatorOf(platform, actor, command)
  return (await askAs(by, query, params)).answer
}

/** Sends a command in the operator's name and tells how the aggregate stands then. */
export async function actAsOperator(
  { platform, actor }: Session,
  command: Command,
  workflow: Workflow,
  { aggregate, transition, data }: { aggregate: string; transition: string; data: JsonValue },
): Promise<Answer> {
  const by = await operatorOf(platform, actor, command)
  const outcome = await platform.commands.handle({
    id: newId(),
    workflow: workflow.name,
    aggregate,
    transition,
    data,
    actor: by,
  })
  if (outcome.status === 'refused') throw refused(outcome, workflow, { aggregate, transition })
  const { state } = outcome
  return {
    json: { id: aggregate, transition, position: String(outcome.position), state },
    text: `${aggregate}: ${workflow.statuses[state.status]!.vi}\n`,
  }
}
