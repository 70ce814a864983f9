import type { Sealed } from '#engine/workflow'
import type { JsonValue } from '#kernel'

/** The member that a path names, and the way to it: `deliverables.*.due`. The places of a list are one path. */
export type Path = string

interface Leaf {
  readonly path: Path
  readonly keys: readonly string[]
  readonly value: null | boolean | number | string
}

/** Every member of the data, those that hold others included; what stands in a list counts where it has members. */
export function pathsOf(value: unknown, path: Path = ''): ReadonlySet<Path> {
  if (Array.isArray(value)) {
    const within = value.flatMap((member: unknown) => [...pathsOf(member, step(path, '*'))])
    return new Set([path, ...within.filter((inner) => inner !== step(path, '*'))])
  }
  const paths = new Set<Path>(path === '' ? [] : [path])
  if (typeof value !== 'object' || value === null) return paths
  for (const [key, member] of Object.entries(value))
    for (const inner of pathsOf(member, step(path, key))) paths.add(inner)
  return paths
}

/** For each value in the data: the data with that one value changed. */
export function alterations(data: JsonValue): readonly { readonly path: Path; readonly data: JsonValue }[] {
  return leaves(data).map(({ path, keys, value }) => ({ path, data: replaced(data, keys, altered(value)) }))
}

function leaves(
  value: JsonValue | undefined,
  path: Path = '',
  keys: readonly string[] = [],
): readonly Leaf[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [{ path, keys, value }]
  // A sealed value is one value, whatever it is made of.
  if ('$sealed' in value) return leaves(textOf(value), path, [...keys, '$sealed', 'text'])
  return Object.entries(value).flatMap(([key, member]) =>
    leaves(member as JsonValue, step(path, Array.isArray(value) ? '*' : key), [...keys, key]),
  )
}

function textOf(sealed: object): JsonValue {
  return (sealed as Sealed).$sealed.text
}

/** Of the same kind, so that a fold takes it for what it was; a date stays a date. */
function altered(value: Leaf['value']): JsonValue {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (value === null) return '2099-12-30'
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? `2098${value.slice(4)}` : `${value}~`
}

function replaced(data: JsonValue, [key, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (key === undefined) return value
  if (Array.isArray(data))
    return data.map((member: JsonValue, index) =>
      String(index) === key ? replaced(member, rest, value) : member,
    )
  const members = data as { readonly [name: string]: JsonValue }
  return { ...members, [key]: replaced(members[key]!, rest, value) }
}

function step(path: Path, key: string): Path {
  return path === '' ? key : `${path}.${key}`
}
