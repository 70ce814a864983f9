import type { WorkflowDescription } from './describe-workflow.js'
import { stateArrows, staysIn } from './state-arrows.js'

/** The workflow as the text of a Mermaid state diagram: states in Vietnamese, transitions by their names. */
export function mermaidOf(workflow: WorkflowDescription): string {
  const id = (state: string): string => state.replaceAll(/[^A-Za-z0-9]/g, '_')
  const names = (some: readonly { readonly name: string }[]): string =>
    some.map(({ name }) => name).join(', ')
  const staying = workflow.states.flatMap(({ name }) => {
    const transitions = workflow.transitions.filter((transition) => staysIn(transition).includes(name))
    return transitions.length === 0 ? [] : [`  ${id(name)} --> ${id(name)} : ${names(transitions)}`]
  })
  return [
    'stateDiagram-v2',
    ...workflow.states.map(({ name, text }) => `  state "${text.vi.replaceAll('"', '“')}" as ${id(name)}`),
    `  [*] --> ${id(workflow.initial)}`,
    ...stateArrows(workflow).map(({ from, to, by }) => `  ${id(from)} --> ${id(to)} : ${names(by)}`),
    ...staying,
    '',
  ].join('\n')
}
