type Leaf = string | number | boolean | null

/** One value of the record before and after an event; absent is null. */
export interface Change {
  readonly field: string
  readonly before: Leaf
  readonly after: Leaf
}

/**
 * What differs between two states, leaf by leaf, at paths such as `deliverables.1.evidence.1.number`: members of a
 * list are told apart by their `id`, not by their place.
 */
export function changesBetween(before: object, after: object): readonly Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const fields = [...new Set([...old.keys(), ...now.keys()])]
  return fields.flatMap((field) => {
    const [from, to] = [old.get(field) ?? null, now.get(field) ?? null]
    return from === to ? [] : [{ field, before: from, after: to }]
  })
}

function leaves(value: unknown, path = '', into = new Map<string, Leaf>()): Map<string, Leaf> {
  if (typeof value !== 'object' || value === null) {
    into.set(path, value as Leaf)
    return into
  }
  for (const [key, member] of Object.entries(value)) {
    const name = Array.isArray(value) ? nameInList(member, Number(key)) : key
    leaves(member, path === '' ? name : `${path}.${name}`, into)
  }
  return into
}

function nameInList(member: unknown, index: number): string {
  const id = (member as { readonly id?: string } | null)?.id
  return id ?? String(index + 1)
}
