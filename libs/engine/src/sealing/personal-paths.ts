type Members = Readonly<Record<string, unknown>>

/**
 * A copy of the data with the values at a dotted path replaced; where a list lies on the way, in each of its members.
 * What is absent or null stays so: that nothing was said is not personal.
 */
export function replaceAt<Data>(
  data: Data,
  path: string,
  replace: (value: unknown, exactPath: string) => unknown,
): Data {
  return replaceBelow(data, namesOf(path), 0, '', replace) as Data
}

/** Paths are written in workflows: there are few, and each is taken apart once. */
const known = new Map<string, readonly string[]>()

function namesOf(path: string): readonly string[] {
  let names = known.get(path)
  if (names === undefined) known.set(path, (names = path.split('.')))
  return names
}

function replaceBelow(
  value: unknown,
  names: readonly string[],
  index: number,
  at: string,
  replace: (value: unknown, exactPath: string) => unknown,
): unknown {
  if (value === null || value === undefined) return value
  const name = names[index]
  if (name === undefined) return replace(value, at)
  if (typeof value !== 'object') return value
  const below = (member: unknown, step: string, next: number): unknown =>
    replaceBelow(member, names, next, at === '' ? step : `${at}.${step}`, replace)
  if (Array.isArray(value)) return value.map((member, place) => below(member, String(place), index))
  if (!Object.hasOwn(value, name)) return value
  return { ...value, [name]: below((value as Members)[name], name, index + 1) }
}

/** Whether there is a value at the path, which `replaceAt` would replace. */
export function hasAt(data: unknown, path: string): boolean {
  return hasBelow(data, namesOf(path), 0)
}

function hasBelow(value: unknown, names: readonly string[], index: number): boolean {
  if (value === null || value === undefined) return false
  const name = names[index]
  if (name === undefined) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some((member) => hasBelow(member, names, index))
  return Object.hasOwn(value, name) && hasBelow((value as Members)[name], names, index + 1)
}
