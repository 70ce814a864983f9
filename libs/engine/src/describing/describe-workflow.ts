import type { Text } from '#kernel'
import type { Workflow } from '../workflow/workflow.js'
import { schemaOf, type ObjectSchema } from './input-schema.js'

interface Named {
  readonly name: string
  readonly text: Text
}

export interface TransitionDescription extends Named {
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Any one of them may. */
  readonly by: readonly Named[]
  readonly input: ObjectSchema
}

/** A workflow as data: what its table says, and nothing that the table does not say. */
export interface WorkflowDescription {
  readonly name: string
  readonly initial: string
  readonly states: readonly Named[]
  readonly transitions: readonly TransitionDescription[]
  /** The events it records, with the version they are written in. */
  readonly events: readonly { readonly type: string; readonly version: number }[]
}

export function describeWorkflow(workflow: Workflow): WorkflowDescription {
  return {
    name: workflow.name,
    initial: workflow.initial.status,
    states: Object.entries(workflow.statuses).map(([name, text]) => ({ name, text })),
    transitions: [...workflow.transitions].map(([name, { text, from, to, by, input }]) => ({
      name,
      text,
      from: [...from],
      to: [...to],
      by: by.map((party) => ({ name: party.name, text: party.text })),
      input: schemaOf(input),
    })),
    events: workflow.eventTypes.map((type) => ({ type, version: workflow.versionOf(type) })),
  }
}
