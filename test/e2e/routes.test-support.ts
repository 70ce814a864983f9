/** What the document says of a route; `x-roviec-access` is the guard's own rule. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** Values of the path's parameters that a first start knows. */
  readonly examples: Readonly<Record<string, string>>
  readonly access:
    | { kind: 'public' }
    | { kind: 'query' | 'roles' | 'monitor'; roles: string[] }
    | { kind: 'command'; workflow: string }
    | undefined
}

interface Documented {
  readonly 'x-roviec-access'?: Operation['access']
  readonly parameters?: readonly { readonly name: string; readonly schema?: { readonly example?: unknown } }[]
}

/** Every operation of an OpenAPI document. */
export function operationsOf({
  paths,
}: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>
}): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: operation['x-roviec-access'],
      examples: Object.fromEntries(
        (operation.parameters ?? []).map(({ name, schema }) => [name, String(schema?.example)]),
      ),
    })),
  )
}

/** The thing that the path names: `tasks/{code}`; null where it names none. */
export function thingOf(path: string): string | null {
  const [, thing] = /^\/api\/v1\/(.*?\{\w+\})/.exec(path) ?? []
  return thing === undefined || thing.endsWith('transitions/{name}') ? null : thing
}

/** Fastify prints its routes as a tree: each line continues the path of the line it hangs from. */
export function routesOf(tree: string): string[] {
  const stack: string[] = []
  return tree.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (match === null) return []
    const depth = match[1]!.length / 4
    const path = (stack[depth - 1] ?? '') + match[2]!
    stack.splice(depth, stack.length, path)
    const written = path.replace(/:(\w+)/g, '{$1}')
    return (match[3] ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} ${written}`)
  })
}
