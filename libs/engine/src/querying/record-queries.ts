import { IsString, MaxLength } from 'class-validator'
import type { EventStore, RecordedEvent } from '#event-store'
import { notFound, type Text } from '#kernel'
import { availableTransitions, type AvailableTransition } from '../workflow/decide.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'
import { historyOf, readSteps, type CountDays, type HistoryEntry, type Step } from './history.js'
import type { Query } from './query.js'

export class RecordId {
  @IsString() @MaxLength(120) id!: string
}

export interface RecordQueries {
  readonly history: Query<RecordId, readonly HistoryEntry[]>
  readonly transitions: Query<RecordId, readonly AvailableTransition[]>
}

/**
 * The questions that every aggregate answers from its own stream: what happened to it, and what the reader may do with
 * it now. Whoever has one of the roles reads all of them: what is of one agency alone asks in its own way.
 */
export function recordQueries<State extends Stateful>(
  workflow: Workflow<State>,
  about: {
    /** The context and the thing: `registry.agency` gives `registry.agency-history`. */
    readonly name: string
    /** What the thing is called. */
    readonly text: Text
    readonly roles: readonly string[]
    readonly backdatedDays: CountDays
  },
): RecordQueries {
  const { name, text, roles, backdatedDays } = about
  const common = { input: RecordId, roles, view: null }
  return {
    history: {
      ...common,
      name: `${name}-history`,
      text: { vi: `Lịch sử ${text.vi}`, en: `History of ${text.en}` },
      answer: async ({ params, store }) =>
        historyOf(await knownSteps(store, workflow, params.id), backdatedDays),
    },
    transitions: {
      ...common,
      name: `${name}-transitions`,
      text: { vi: `Thao tác với ${text.vi}`, en: `What may be done with ${text.en}` },
      async answer({ params, store, actor }) {
        const steps = await knownSteps(store, workflow, params.id)
        return availableTransitions(workflow, steps.at(-1)!.after, actor)
      },
    },
  }
}

/**
 * As `readSteps`, of what is on record, or of the part of it that `isKnown` takes in.
 *
 * @throws RoviecError kind `not-found`: `<workflow>-unknown`
 */
export async function knownSteps<State extends Stateful>(
  store: EventStore,
  workflow: Workflow<State>,
  id: string,
  isKnown: (event: RecordedEvent) => boolean = () => true,
): Promise<readonly Step<State>[]> {
  const steps = (await readSteps(store, workflow, id)).filter(({ event }) => isKnown(event))
  if (steps.length > 0) return steps
  throw notFound(
    `${workflow.name}-unknown`,
    {
      vi: `Không tìm thấy mã “${id}”. Kiểm tra lại mã.`,
      en: `There is no ${workflow.name} ${id}. Check the id.`,
    },
    { id },
  )
}
