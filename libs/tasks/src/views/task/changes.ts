/** One value of the record before and after an event; absent is null. */
export interface Change {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
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

function leaves(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    into.set(path, value)
    return into
  }
  for (const [key, member] of Object.entries(value)) {
    const name = Array.isArray(value) ? ((member as { id?: unknown } | null)?.id ?? Number(key) + 1) : key
    leaves(member, path === '' ? String(name) : `${path}.${String(name)}`, into)
  }
  return into
}
