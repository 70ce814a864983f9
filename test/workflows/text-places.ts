import type { JsonValue } from '#kernel'

type Schema = Readonly<Record<string, unknown>>
type Members = Readonly<Record<string, JsonValue>>

/** Ids and codes take no sentence; what takes this may hold anything. */
const sentence = 'Bà Dấu Hiệu'

/**
 * Paths such as `by.name` of every member that takes a free text: as the schema of the input says, and as the data of
 * an accepted command shows where the schema says nothing. A list stands for its first member.
 */
export function textPlaces(schema: Schema, data: JsonValue): readonly string[] {
  return [...new Set([...bySchema(schema, ''), ...byData(schema, data, '')])].toSorted()
}

function bySchema(schema: Schema, path: string): readonly string[] {
  const { properties, items } = schema as {
    readonly properties?: Record<string, Schema>
    readonly items?: Schema
  }
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, member]) => bySchema(member, below(path, name)))
  if (items !== undefined) return bySchema(items, below(path, '0'))
  return takesText(schema) ? [path] : []
}

/** Where the schema knows no more than "an object": the texts that are there. */
function byData(schema: Schema | undefined, data: JsonValue, path: string): readonly string[] {
  const { properties, items } = (schema ?? {}) as {
    readonly properties?: Record<string, Schema>
    readonly items?: Schema
  }
  if (typeof data === 'string') return schema === undefined && !isCode(data) ? [path] : []
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data as Members).flatMap(([name, member]) => {
    const within = Array.isArray(data) ? items : properties?.[name]
    const isKnown = within !== undefined && Object.keys(within).length > 0
    const step = Array.isArray(data) ? '0' : name
    return byData(isKnown ? within : undefined, member, below(path, step))
  })
}

function takesText({ type, format, enum: values, pattern }: Schema): boolean {
  if (type !== 'string' || format !== undefined || values !== undefined) return false
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(sentence)
}

/** Ids, dates, digests. */
function isCode(text: string): boolean {
  return /^[\w.:/+-]*$/.test(text)
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The data with the value at the path; members on the way that are missing are made. */
export function withValue(data: JsonValue | undefined, path: string, value: JsonValue): JsonValue {
  if (path === '') return value
  const [name, ...rest] = path.split('.') as [string, ...string[]]
  const within = rest.join('.')
  if (/^\d+$/.test(name)) {
    const [first, ...others] = (data ?? []) as readonly JsonValue[]
    return [withValue(first, within, value), ...others]
  }
  const members = (data ?? {}) as Members
  return { ...members, [name]: withValue(members[name], within, value) }
}
