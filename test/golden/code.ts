import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { contexts } from '../../libs/platform/src/contexts.js'
import { declarationsOf, namedIn, textOf, type Declaration } from './declarations.js'
import { writeJson } from './write-json.js'

/** The version of a view or a fold, and a digest over every declaration that its result may depend on. */
interface Digested {
  readonly version: number
  readonly code: string
}

/** What decides the rows of each view and the states of each workflow, beyond what its declaration itself says. */
export interface Code {
  readonly views: Readonly<Record<string, Digested>>
  readonly folds: Readonly<Record<string, Digested>>
  /** Digests of all declarations above, so that a difference names the function. */
  readonly declarations: Readonly<Record<string, string>>
}

const file = new URL('./code.json', import.meta.url)
const libraries = new URL('../../libs/', import.meta.url)

/** Of a workflow's declaration: the rest of the table decides what is recorded, not what becomes of it. */
const foldMembers = ['name', 'initial', 'evolve', 'upcast']

export function currentCode(): Code {
  const [views, folds] = roots()
  const declarations: Record<string, string> = {}
  const digested = (root: Declaration | undefined, name: string, version: number): Digested => {
    if (root === undefined)
      throw new Error(
        `No declaration of ${name} was found: as a constant of its .projection.ts or .workflow.ts, with its name as a text.`,
      )
    const reached = [...reachedFrom(root)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const [id, digest] of reached) declarations[id] = digest
    return { version, code: digest(reached.flat().join('\n')) }
  }
  const sorted = <Named extends { readonly name: string }>(all: readonly Named[]): readonly Named[] =>
    all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const viewed = sorted(contexts.flatMap(({ projections }) => projections)).map(({ name, version }) => [
    name,
    digested(views.get(name), name, version),
  ])
  const folded = sorted(contexts.flatMap(({ workflows }) => workflows)).map(({ name, foldVersion }) => [
    name,
    digested(folds.get(name), name, foldVersion),
  ])
  return {
    views: Object.fromEntries(viewed) as Code['views'],
    folds: Object.fromEntries(folded) as Code['folds'],
    declarations: Object.fromEntries(Object.entries(declarations).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

export function storedCode(): Code {
  return JSON.parse(readFileSync(file, 'utf8')) as Code
}

export async function writeCode(code: Code): Promise<void> {
  await writeJson(file, code)
}

/** Projections and workflows by name, as they are declared at the top of a file. */
function roots(): readonly [ReadonlyMap<string, Declaration>, ReadonlyMap<string, Declaration>] {
  const [views, folds] = [new Map<string, Declaration>(), new Map<string, Declaration>()]
  const files = readdirSync(libraries, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(projection|workflow)\.ts$/.test(name))
    .map((name) => `libs/${name}`)
  for (const name of files)
    for (const declaration of declarationsOf(name)) {
      const { node } = declaration
      if (!ts.isVariableDeclaration(node)) continue
      const workflow = workflowTable(node)
      if (workflow !== null) noteByName(folds, workflow, declaration)
      else if (node.type?.getText() === 'Projection' && node.initializer !== undefined)
        noteByName(views, node.initializer, declaration)
    }
  return [views, folds]
}

function noteByName(into: Map<string, Declaration>, literal: ts.Node, declaration: Declaration): void {
  if (!ts.isObjectLiteralExpression(literal)) return
  const name = memberOf(literal, 'name')
  if (name !== undefined && ts.isPropertyAssignment(name) && ts.isStringLiteral(name.initializer))
    into.set(name.initializer.text, declaration)
}

/** The table given to `workflow`; null for any other declaration. */
function workflowTable(node: ts.Node): ts.ObjectLiteralExpression | null {
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return null
  const call = node.initializer
  if (!ts.isCallExpression(call) || call.expression.getText() !== 'workflow') return null
  const [table] = call.arguments
  return table !== undefined && ts.isObjectLiteralExpression(table) ? table : null
}

function memberOf(
  literal: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  return literal.properties.find((property) => property.name?.getText() === name)
}

/** What of a declaration counts: all, but of a workflow its fold and the function that makes it. */
function partsOf({ node }: Declaration): readonly ts.Node[] {
  const table = workflowTable(node)
  if (table === null) return [node]
  const call = table.parent as ts.CallExpression
  return [call.expression, ...foldMembers.flatMap((name) => memberOf(table, name) ?? [])]
}

/** A digest of every declaration on the way from this one, by its id. */
function reachedFrom(root: Declaration): ReadonlyMap<string, string> {
  const reached = new Map<string, string>()
  const next = [root]
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (reached.has(at.id)) continue
    const parts = partsOf(at)
    reached.set(at.id, digest(parts.map(textOf).join('\n')))
    for (const part of parts) next.push(...namedIn(at.file, part))
  }
  return reached
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
