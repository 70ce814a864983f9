import { RoviecError } from './errors.js'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** Deeper values are refused before they can exhaust the stack of a reader. */
const maxDepth = 64

/**
 * Refuses what I-JSON (RFC 7493) forbids and JSON text cannot carry unchanged: NaN and infinities, integers
 * beyond 2^53-1, lone surrogates, and anything that is not plain data. `undefined` members are left out.
 *
 * @throws RoviecError `payload-not-i-json` with the path of the offending value.
 */
export function assertIJson(value: unknown, path = '$'): asserts value is JsonValue {
  if (!isIJson(value, 0)) findOffender(value, path, 0)
}

/** As `findOffender`, without a path to tell: nearly every value is sound. */
function isIJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'boolean':
      return true
    case 'string':
      return value.isWellFormed()
    case 'number':
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
    case 'object':
      if (value === null) return true
      if (depth >= maxDepth) return false
      return Array.isArray(value) ? isListOfIJson(value, depth) : isObjectOfIJson(value, depth)
    default:
      return false
  }
}

function isListOfIJson(values: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < values.length; index++) if (!isIJson(values[index], depth + 1)) return false
  return true
}

function isObjectOfIJson(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key]
    if (member === undefined) continue
    if (!key.isWellFormed() || !isIJson(member, depth + 1)) return false
  }
  return true
}

function findOffender(value: unknown, path: string, depth: number): void {
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
          findOffender(value[index], `${path}[${index}]`, depth + 1)
        return
      }
      assertPlain(value, path)
      for (const key in value) {
        const member = (value as Record<string, unknown>)[key]
        if (member === undefined) continue
        if (!key.isWellFormed()) throw notIJson(path, 'a member name with a lone surrogate')
        findOffender(member, `${path}.${key}`, depth + 1)
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
  if (value === null) return 'null'
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'object':
      return Array.isArray(value)
        ? writeList(value as readonly JsonValue[])
        : writeObject(value as JsonObject)
    default:
      // `JSON.stringify` for -0, which has no sign in JSON.
      return JSON.stringify(value)
  }
}

type JsonObject = { readonly [key: string]: JsonValue | undefined }

function writeList(values: readonly JsonValue[]): string {
  let text = ''
  for (const value of values) text += text === '' ? write(value) : `,${write(value)}`
  return `[${text}]`
}

function writeObject(object: JsonObject): string {
  let text = ''
  for (const key of sorted(Object.keys(object))) {
    const member = object[key]
    if (member === undefined) continue
    if (text !== '') text += ','
    text += `${nameText(key)}:${write(member)}`
  }
  return `{${text}}`
}

/** Nothing in it that JSON writes in another way, or may. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** Names come again and again; past so many, and longer ones, are written anew: a sender may think up as he likes. */
const mostNames = 1_000
const longestName = 64
const names = new Map<string, string>()

function nameText(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const text = quoted(name)
  if (names.size < mostNames && name.length <= longestName) names.set(name, text)
  return text
}

/** Longer lists are left to the engine; for the few members of an object this takes half its time. */
const few = 24

/** By UTF-16 code units, in place. */
function sorted(keys: string[]): string[] {
  if (keys.length > few) return keys.sort()
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index]!
    let at = index
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!
    keys[at] = key
  }
  return keys
}
