import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { calendarContext } from '#calendar/record'
import { dossiersContext } from '#dossiers'
import { contextOf, type EventMetadata } from '#engine'
import type { Stateful, Workflow } from '#engine/workflow'
import { actorWorkflow } from '#identity'
import { canonicalJson, type JsonValue } from '#kernel'
import { agencyWorkflow } from '#registry'
import { planWorkflow, taskWorkflow } from '#tasks'

const workflows: readonly Workflow[] = [
  actorWorkflow,
  agencyWorkflow,
  planWorkflow,
  taskWorkflow,
  ...calendarContext.workflows,
  ...dossiersContext.workflows,
]

/** A line of a history: an event as it stood in the log, in log order. */
export interface Line {
  readonly stream: string
  readonly type: string
  readonly data: JsonValue
  readonly metadata: JsonValue
}

export const historyFile = new URL('./demo.events.ndjson.gz', import.meta.url)
export const statesFile = new URL('./demo.states.ndjson.gz', import.meta.url)
export const dossierHistory = new URL('./dossiers.events.ndjson.gz', import.meta.url)
export const dossierStates = new URL('./dossiers.states.ndjson.gz', import.meta.url)

export function readLines<Content>(file: URL): readonly Content[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Content)
}

/** The final state of every stream, folded by today's code. */
export function replay(lines: readonly Line[]): ReadonlyMap<string, Stateful> {
  const states = new Map<string, Stateful>()
  for (const { stream, type, data, metadata } of lines) {
    const workflow = workflows.find(({ name }) => stream.startsWith(`${name}-`))
    if (workflow === undefined) throw new Error(`no workflow has the stream ${stream}`)
    const before = states.get(stream) ?? workflow.initial
    const context = contextOf(metadata as unknown as EventMetadata)
    states.set(stream, workflow.evolve(before, { type, data }, context))
  }
  return states
}

/** As stored: one line a stream, in the order of their names. */
export function linesOf(states: ReadonlyMap<string, Stateful>): readonly string[] {
  return [...states]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([stream, state]) =>
      canonicalJson({ stream, state: JSON.parse(JSON.stringify(state)) as JsonValue }),
    )
}
