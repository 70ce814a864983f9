import { RoviecError } from './errors.js'

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

/** Deeper values are refused before they can exhaust the stack of a reader. */
const maxDepth = 64

/**
 * Refuses what I-JSON (RFC 7493) forbids and JSON text cannot carry unchanged: NaN and infinities, integers
 * beyond 2^53-1, lone surrogates, and anything that is not plain data. `undefined` members are left out.
 *
 * @throws RoviecError `payload-not-i-json` with the path of the offending value.
 */
export function assertIJson(value: unknown, path = '$', depth = 0): asserts value is JsonValue {
  switch (typeof value) {
    case 'boolean':
      return
    case 'string':
      if (!value.isWellFormed()) throw notIJson(path, 'a lone surrogate')
      return
    case 'number':
      if (!Number.isFinite(value)) throw notIJson(path, String(value))
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        throw notIJson(path, 'an integer beyond 2^53-1')
      return
    case 'object':
      if (value === null) return
      if (depth >= maxDepth) throw notIJson(path, `nesting deeper than ${maxDepth}`)
      if (Array.isArray(value)) {
        for (let index = 0; index < value.length; index++)
          assertIJson(value[index], `${path}[${index}]`, depth + 1)
        return
      }
      assertPlain(value, path)
      for (const key in value) {
        const member = (value as Record<string, unknown>)[key]
        if (member === undefined) continue
        if (!key.isWellFormed()) throw notIJson(path, 'a member name with a lone surrogate')
        assertIJson(member, `${path}.${key}`, depth + 1)
      }
      return
    default:
      throw notIJson(path, `a ${typeof value}`)
  }
}

function assertPlain(value: object, path: string): void {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) return
  throw notIJson(
    path,
    `an instance of ${(value.constructor as { name?: string } | undefined)?.name ?? 'a class'}`,
  )
}

function notIJson(path: string, what: string): RoviecError {
  return new RoviecError(
    'invalid',
    'payload-not-i-json',
    {
      vi: `Dữ liệu tại ${path} không ghi được dưới dạng JSON chuẩn (${what}). Sửa giá trị rồi gửi lại.`,
      en: `The value at ${path} cannot be stored as I-JSON (${what}). Change it and send again.`,
    },
    { path, what },
  )
}

/**
 * RFC 8785 (JCS): members sorted by UTF-16 code units, numbers and strings as ECMAScript writes them. Two equal
 * values give the same text, which is what digests and proofs are made over.
 */
export function canonicalJson(value: unknown): string {
  assertIJson(value)
  return write(value)
}

function write(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(write).join(',')}]`
  const object = value as { readonly [key: string]: JsonValue | undefined }
  const members: string[] = []
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${write(member)}`)
  }
  return `{${members.join(',')}}`
}
