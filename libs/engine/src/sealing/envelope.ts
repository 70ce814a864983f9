import type { Sealed, Withheld } from '../workflow/personal.js'

/** The one member that tells a sealed value; no command may bring it along. */
export const envelopeMember = '$sealed'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const base64url = /^[\w-]+$/

/** Whether a value claims to be a sealed one, well-formed or not. */
export function claimsToBeSealed(value: unknown): value is object {
  return isObject(value) && Object.hasOwn(value, envelopeMember)
}

/** The sealed value where it is well-formed, else undefined: a log may have been tampered with. */
export function sealedOf(value: object): Sealed | undefined {
  const members = Object.keys(value)
  const inner = (value as Partial<Sealed>).$sealed as Partial<Sealed['$sealed']> | null | undefined
  if (members.length !== 1 || !isObject(inner) || inner.v !== 1 || !isObject(inner.at)) return undefined
  const { key, nonce, text, at } = inner
  const isSound =
    [key, nonce, text, at.event, at.type, at.path].every((member) => typeof member === 'string') &&
    uuid.test(key!) &&
    base64url.test(nonce!) &&
    base64url.test(text!)
  return isSound ? (value as Sealed) : undefined
}

/** Whether anything within claims to be sealed: asked of all data, of which nearly none does. */
export function holdsSealed(value: unknown): boolean {
  if (!isObject(value)) return false
  if (Object.hasOwn(value, envelopeMember)) return true
  if (Array.isArray(value)) {
    for (const item of value) if (holdsSealed(item)) return true
    return false
  }
  if (!isPlain(value)) return false
  for (const name in value)
    if (Object.hasOwn(value, name) && holdsSealed((value as Record<string, unknown>)[name])) return true
  return false
}

/** Every sealed value within, malformed ones included. */
export function sealedWithin(value: unknown, into: object[] = []): readonly object[] {
  if (claimsToBeSealed(value)) into.push(value)
  else if (isPlain(value)) for (const member of Object.values(value)) sealedWithin(member, into)
  return into
}

/** The same value where nothing in it is sealed; else a copy with each sealed one replaced. */
export function replaceSealed(value: unknown, replace: (sealed: object, path: string) => unknown): unknown {
  return replaceWithin(value, '', replace)
}

function replaceWithin(
  value: unknown,
  path: string,
  replace: (sealed: object, path: string) => unknown,
): unknown {
  if (claimsToBeSealed(value)) return replace(value, path)
  if (!isPlain(value)) return value
  let changed = false
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    const replaced = replaceWithin(member, path === '' ? name : `${path}.${name}`, replace)
    changed ||= replaced !== member
    return [name, replaced]
  })
  if (!changed) return value
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)
}

export const noRight: Withheld = { sealed: true }
export const erased: Withheld = { erased: true }
export const unreadable: Withheld = { unreadable: true }

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Dates, maps and the like hold nothing sealed and are passed on as they are. */
function isPlain(value: unknown): value is object {
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Array.isArray(value)
}
