import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describeWorkflow, mermaidOf, workflowSvg } from '#engine'
import type { Workflow } from '#engine/workflow'
import { contexts } from '../../libs/platform/src/contexts.js'

/** A picture of a workflow as its table gives it. */
export interface Diagram {
  /** From the root of the repository: `libs/tasks/docs/task.svg`. */
  readonly path: string
  readonly content: string
}

const root = new URL('../../', import.meta.url)

/** Beside the library that declares the workflow. */
export function currentDiagrams(): readonly Diagram[] {
  const workflows = contexts.flatMap((context) => context.workflows)
  return workflows.flatMap((workflow) => {
    const description = describeWorkflow(workflow)
    const path = `libs/${libraryOf(workflow)}/docs/${workflow.name}`
    return [
      { path: `${path}.svg`, content: workflowSvg(description) },
      { path: `${path}.mmd`, content: mermaidOf(description) },
    ]
  })
}

export function stored({ path }: Diagram): string | null {
  const file = fileOf(path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

export function fileOf(path: string): URL {
  return new URL(path, root)
}

/** Diagrams of workflows that are no more. */
export function leftOver(): readonly string[] {
  const wanted = new Set(currentDiagrams().map(({ path }) => path))
  return libraries()
    .flatMap((library) => filesBelow(`libs/${library}/docs`).map((file) => `libs/${library}/docs/${file}`))
    .filter((path) => /\.(svg|mmd)$/.test(path) && !wanted.has(path))
}

/** The file `<name>.workflow.ts` tells. */
function libraryOf({ name }: Workflow): string {
  const found = libraries().find((library) =>
    filesBelow(`libs/${library}/src`).some((file) => file.split(/[\\/]/).at(-1) === `${name}.workflow.ts`),
  )
  if (found === undefined) throw new Error(`no library has ${name}.workflow.ts`)
  return found
}

function libraries(): readonly string[] {
  return readdirSync(fileOf('libs/'))
}

function filesBelow(path: string): readonly string[] {
  return existsSync(fileOf(path)) ? readdirSync(fileOf(path), { recursive: true, encoding: 'utf8' }) : []
}
