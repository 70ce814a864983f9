import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = new URL('../../', import.meta.url)

/** A function, class, variable or enumeration at the top of a file. */
export interface Declaration {
  /** `libs/tasks/src/domain/task.evolve.ts#evolveTask` */
  readonly id: string
  readonly file: string
  readonly name: string
  readonly node: ts.Node
}

interface Source {
  readonly declared: ReadonlyMap<string, ts.Node>
  /** Local name of what comes from another of our files; `*` for all it exports. */
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>
  /** Exported name of what is declared here under another name, or comes from another file. */
  readonly exported: ReadonlyMap<string, { readonly file: string; readonly name: string }>
  /** Files whose exports are exported on. */
  readonly passedOn: readonly string[]
}

const { imports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly imports: Readonly<Record<string, { readonly 'roviec-source': string }>>
}

/** Our file behind a specifier; null for a package: a new release of one shows in the lock file. */
function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return imports[specifier]!['roviec-source'].slice('./'.length)
  if (!specifier.startsWith('.')) return null
  const file = new URL(specifier.replace(/\.js$/, '.ts'), new URL(from, root))
  return existsSync(file) ? fileURLToPath(file).slice(fileURLToPath(root).length) : null
}

const sources = new Map<string, Source>()

function sourceOf(file: string): Source {
  const known = sources.get(file)
  if (known !== undefined) return known
  const text = readFileSync(new URL(file, root), 'utf8')
  const source = index(file, ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true))
  sources.set(file, source)
  return source
}

function index(file: string, { statements }: ts.SourceFile): Source {
  const declared = new Map<string, ts.Node>()
  const imported = new Map<string, { file: string; name: string }>()
  const exported = new Map<string, { file: string; name: string }>()
  const passedOn: string[] = []
  for (const statement of statements)
    if (ts.isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations)
        for (const name of namesOf(declaration.name)) declared.set(name, declaration)
    else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    )
      declared.set(statement.name!.text, statement)
    else if (ts.isImportDeclaration(statement)) {
      const target = resolve(file, (statement.moduleSpecifier as ts.StringLiteral).text)
      const bindings = statement.importClause?.namedBindings
      if (target === null || bindings === undefined) continue
      if (ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, { file: target, name: '*' })
      else
        for (const { name, propertyName } of bindings.elements)
          imported.set(name.text, { file: target, name: (propertyName ?? name).text })
    } else if (ts.isExportDeclaration(statement)) {
      const specifier = statement.moduleSpecifier as ts.StringLiteral | undefined
      const target = specifier === undefined ? file : resolve(file, specifier.text)
      if (target === null) continue
      if (statement.exportClause === undefined) passedOn.push(target)
      else if (ts.isNamedExports(statement.exportClause))
        for (const { name, propertyName } of statement.exportClause.elements)
          exported.set(name.text, { file: target, name: (propertyName ?? name).text })
    }
  return { declared, imported, exported, passedOn }
}

function namesOf(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)))
}

/** What a name means in a file; null for a local of a function, a type, or something of a package. */
export function declarationOf(file: string, name: string): Declaration | null {
  const { declared, imported, exported, passedOn } = sourceOf(file)
  const node = declared.get(name)
  if (node !== undefined) return { id: `${file}#${name}`, file, name, node }
  const elsewhere = imported.get(name) ?? exported.get(name)
  if (elsewhere !== undefined) return declarationOf(elsewhere.file, elsewhere.name)
  for (const through of passedOn) {
    const found = declarationOf(through, name)
    if (found !== null) return found
  }
  return null
}

export function declarationsOf(file: string): readonly Declaration[] {
  return [...sourceOf(file).declared].map(([name, node]) => ({ id: `${file}#${name}`, file, name, node }))
}

/** Every declaration that a part of a file names as a value. More than it uses where a local has the same name. */
export function namedIn(file: string, part: ts.Node): readonly Declaration[] {
  const found = new Map<string, Declaration>()
  const note = (of: string, name: string): void => {
    const declaration = declarationOf(of, name)
    if (declaration !== null) found.set(declaration.id, declaration)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return
    if (ts.isIdentifier(node) && !isMemberName(node)) {
      const space = sourceOf(file).imported.get(node.text)
      if (space?.name !== '*') note(file, node.text)
      else if (ts.isPropertyAccessExpression(node.parent)) note(space.file, node.parent.name.text)
      else for (const { name } of declarationsOf(space.file)) note(space.file, name)
    }
    ts.forEachChild(node, visit)
  }
  visit(part)
  return [...found.values()]
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node)
  )
}

const printer = ts.createPrinter({ removeComments: true })

/** As a compiler sees it: without comments, and however it is set. */
export function textOf(node: ts.Node): string {
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
}
