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
  return replaceBelow(data, path.split('.'), '', replace) as Data
}

function replaceBelow(
  value: unknown,
  [name, ...rest]: readonly string[],
  at: string,
  replace: (value: unknown, exactPath: string) => unknown,
): unknown {
  if (value === null || value === undefined) return value
  if (name === undefined) return replace(value, at)
  if (typeof value !== 'object') return value
  const below = (member: unknown, step: string, names: readonly string[]): unknown =>
    replaceBelow(member, names, at === '' ? step : `${at}.${step}`, replace)
  if (Array.isArray(value)) return value.map((member, index) => below(member, String(index), [name, ...rest]))
  if (!Object.hasOwn(value, name)) return value
  return { ...value, [name]: below((value as Members)[name], name, rest) }
}
