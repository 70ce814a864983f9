import { readdirSync, readFileSync } from 'node:fs'
import type { EventMetadata } from '#engine'
import type { EventContext, Workflow } from '#engine/workflow'
import type { JsonValue } from '#kernel'
import { contexts } from '../../libs/platform/src/contexts.js'
import { writeJson } from './write-json.js'

export const workflows: readonly Workflow[] = contexts.flatMap((context) => context.workflows)

/** Events as they stand in logs, the last of them the one shown, and the state they give. */
export interface Sample {
  /** `task.Issued.v1` or, of several of one type, `task.Issued.v1.without-number`. */
  readonly name: string
  /** Absent: the event is recorded outside of any, and folded by nothing. */
  readonly workflow?: string
  readonly history: readonly {
    readonly type: string
    readonly data: JsonValue
    readonly context: EventContext & Partial<Pick<EventMetadata, 'correlationId' | 'causationId'>>
  }[]
  /** Absent in a sample just written: `npm run golden:update` fills it in. */
  readonly state?: JsonValue
  /** The `foldVersion` that gave this state; absent: 1. */
  readonly fold?: number
}

const folder = new URL('./samples/', import.meta.url)

export function readSamples(): readonly Sample[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => ({
      name: file.slice(0, -'.json'.length),
      ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Sample, 'name'>),
    }))
}

export interface FoldedSample extends Sample {
  readonly workflow: string
}

export function isFolded(sample: Sample): sample is FoldedSample {
  return sample.workflow !== undefined
}

export async function writeSample({ name, ...sample }: Sample): Promise<void> {
  await writeJson(new URL(`${name}.json`, folder), sample)
}

/** `task.Issued` of `task.Issued.v1`. */
export function typeOf({ name }: Sample): string {
  return /^(.+?)\.v\d+(\.|$)/.exec(name)?.[1] ?? name
}

/** `1` of `task.Issued.v1`. */
export function versionOf({ name }: Sample): number {
  return Number(/\.v(\d+)(\.|$)/.exec(name)?.[1] ?? Number.NaN)
}

export function workflowOf({ name, workflow }: FoldedSample): Workflow {
  const found = workflows.find((one) => one.name === workflow)
  if (found === undefined) throw new Error(`${name}: there is no workflow ${workflow}`)
  return found
}

/** What today's code makes of the events, as JSON. */
export function foldOf(sample: FoldedSample): JsonValue {
  const workflow = workflowOf(sample)
  const state = sample.history.reduce(
    (folded, event) => workflow.evolve(folded, event, event.context),
    workflow.initial,
  )
  return JSON.parse(JSON.stringify(state)) as JsonValue
}
