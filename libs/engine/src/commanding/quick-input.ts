import { createRequire } from 'node:module'
import { getMetadataStorage } from 'class-validator'
import type { Input } from '../workflow/workflow.js'

/** What is surely valid, in the form that the generic way gives it; undefined where only that way can tell. */
export type QuickInput = (data: object) => object | undefined

type Members = Record<string, unknown>

/** A rule of class-validator on one member. */
interface Rule {
  readonly propertyName: string
  readonly type: string
  readonly name?: string
  readonly each?: boolean
  readonly constraints?: readonly unknown[]
  readonly constraintCls: new () => unknown
  readonly validateIf?: (object: object, value: unknown) => boolean
}

/** What class-transformer knows of one member. */
interface HeldClass {
  readonly typeFunction?: () => Input<unknown>
  readonly reflectedType?: unknown
  readonly options?: { readonly discriminator?: unknown }
}

/** class-transformer tells nobody else what its decorators said. */
const { defaultMetadataStorage: held } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as {
  readonly defaultMetadataStorage: {
    findTypeMetadata(target: Input<unknown>, member: string): HeldClass | undefined
    findTransformMetadatas(target: Input<unknown>, member: string, way: number): readonly unknown[]
    getExposedProperties(target: Input<unknown>, way: number): readonly string[]
    getExcludedProperties(target: Input<unknown>, way: number): readonly string[]
    getStrategy(target: Input<unknown>): string
  }
}
const plainToClass = 0

/** One member of an input class, ready to be held against a value. */
interface Member {
  readonly name: string
  /** All have to say yes, or nothing more is asked of the member. */
  readonly conditions: readonly ((object: object, value: unknown) => unknown)[]
  readonly holds: (object: object, value: unknown) => boolean
  /** Of a member that holds further inputs. */
  readonly within: QuickInput | null
}

/** Rules that look at the outside of a list alone, whatever it is a list of. */
const outsideOnly: ReadonlySet<string> = new Set([
  'isDefined',
  'isObject',
  'isArray',
  'arrayMinSize',
  'arrayMaxSize',
  'arrayNotEmpty',
])

const read = new WeakMap<Input<unknown>, QuickInput | null>()

/**
 * Reads the decorators of an input class once, so that valid data of every day passes without the libraries' generic
 * recursion, which took a third of a command's time. It only ever says yes: to plain JSON whose members are all
 * declared and hold by the very validators of the decorators. Whatever else there is, the generic way judges and
 * names. Null for a class with decorators beyond those read here, and for one that holds itself.
 */
export function quickInput(input: Input<unknown>): QuickInput | null {
  const known = read.get(input)
  if (known !== undefined) return known
  // Met again while it is being read, it holds itself.
  read.set(input, null)
  const members = membersOf(input)
  const quick: QuickInput | null = members === undefined ? null : (data) => taken(data as Members, members)
  read.set(input, quick)
  return quick
}

function membersOf(input: Input<unknown>): readonly Member[] | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(
    input,
    undefined as unknown as string,
    false,
    false,
  ) as unknown as readonly Rule[]
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))]
  if (names.length === 0 || !isPlainlyTransformed(input)) return undefined
  const members = names.map((name) =>
    name in input.prototype
      ? undefined
      : memberOf(
          input,
          name,
          rules.filter(({ propertyName }) => propertyName === name),
        ),
  )
  return members.includes(undefined) ? undefined : (members as readonly Member[])
}

function isPlainlyTransformed(input: Input<unknown>): boolean {
  const changed = [
    ...held.getExposedProperties(input, plainToClass),
    ...held.getExcludedProperties(input, plainToClass),
  ]
  const hasDefaults = Object.keys(new input() as object).length > 0
  return !hasDefaults && changed.length === 0 && held.getStrategy(input) === 'none'
}

function memberOf(input: Input<unknown>, name: string, rules: readonly Rule[]): Member | undefined {
  if (held.findTransformMetadatas(input, name, plainToClass).length > 0) return undefined
  const of = (type: string): readonly Rule[] => rules.filter((rule) => rule.type === type)
  const [conditions, customs] = [of('conditionalValidation'), of('customValidation')]
  const [nested, listed] = [of('nestedValidation'), of('whitelistValidation')]
  if (conditions.length + customs.length + nested.length + listed.length < rules.length) return undefined
  const within = withinOf(held.findTypeMetadata(input, name), nested.length > 0)
  const holds = checkOf(input, customs)
  if (within === undefined || holds === undefined) return undefined
  if (within !== null && customs.some((rule) => rule.each === true || !outsideOnly.has(rule.name ?? '')))
    return undefined
  return {
    name,
    conditions: conditions.map((rule) => rule.constraints![0] as Member['holds']),
    holds,
    within,
  }
}

/** Null for a member that holds no input; undefined where it cannot be told what becomes of the value. */
function withinOf(type: HeldClass | undefined, isNested: boolean): QuickInput | null | undefined {
  if (type === undefined) return isNested ? undefined : null
  const { typeFunction, reflectedType, options } = type
  if (typeFunction === undefined || typeFunction.length > 0 || options?.discriminator !== undefined)
    return undefined
  const input = typeFunction()
  const isKnown = reflectedType === Array || reflectedType === Object || reflectedType === input
  return isNested && isKnown ? (quickInput(input) ?? undefined) : undefined
}

interface Constraint {
  readonly async: boolean
  readonly instance: { validate(value: unknown, about: object): unknown }
}

/** By the validators themselves, with what they are told of the place. */
function checkOf(input: Input<unknown>, rules: readonly Rule[]): Member['holds'] | undefined {
  const checks = rules.map((rule) => {
    const found = getMetadataStorage().getTargetValidatorConstraints(
      rule.constraintCls,
    ) as readonly Constraint[]
    return found.some(({ async }) => async) ? undefined : { rule, found }
  })
  if (checks.includes(undefined)) return undefined
  const asked = checks as readonly { readonly rule: Rule; readonly found: readonly Constraint[] }[]
  return (object, value) => {
    for (const { rule, found } of asked) {
      if (rule.validateIf !== undefined && !rule.validateIf(object, value)) continue
      const { propertyName: property, constraints } = rule
      const about = { targetName: input.name, property, object, value, constraints }
      const values = rule.each === true && Array.isArray(value) ? (value as readonly unknown[]) : [value]
      for (const { instance } of found)
        for (const one of values) if (instance.validate(one, about) !== true) return false
    }
    return true
  }
}

function taken(data: Members, members: readonly Member[]): object | undefined {
  if (!isPlainObject(data)) return undefined
  const copy: Members = {}
  for (const name of Object.keys(data)) {
    const member = members.find((declared) => declared.name === name)
    if (member === undefined) return undefined
    const value = data[name]
    if (value === undefined) continue
    const kept = copyOf(value, member)
    if (kept === notPlain) return undefined
    copy[name] = kept
  }
  return members.every((member) => isSound(copy, member)) ? copy : undefined
}

function isSound(copy: Members, { name, conditions, holds, within }: Member): boolean {
  const value = copy[name]
  if (!conditions.every((condition) => condition(copy, value))) return true
  return holds(copy, value) && (within === null || value !== null)
}

/** Stands for what only the generic way can take over; no value of JSON is a symbol. */
const notPlain = Symbol('not plain')

function copyOf(value: unknown, { within }: Member): unknown {
  if (within === null) return plainCopy(value)
  if (typeof value !== 'object') return notPlain
  if (value === null) return null
  if (!Array.isArray(value)) return within(value) ?? notPlain
  const copies: unknown[] = []
  for (const item of value) {
    const isObject = typeof item === 'object' && item !== null && !Array.isArray(item)
    const copy = isObject ? within(item as object) : undefined
    if (copy === undefined) return notPlain
    copies.push(copy)
  }
  return copies
}

function plainCopy(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    case 'object':
      if (value === null) return value
      return Array.isArray(value) ? listCopy(value) : objectCopy(value)
    default:
      return notPlain
  }
}

function listCopy(values: readonly unknown[]): unknown {
  const copies: unknown[] = []
  for (const value of values) {
    const copy = plainCopy(value)
    if (copy === notPlain) return notPlain
    copies.push(copy)
  }
  return copies
}

function objectCopy(value: object): unknown {
  if (!isPlainObject(value)) return notPlain
  const copy: Members = {}
  for (const name of Object.keys(value)) {
    // Names that every object has, such as `constructor`, are dropped or refused by the generic way, each in its manner.
    const member = name in Object.prototype ? notPlain : plainCopy((value as Members)[name])
    if (member === notPlain) return notPlain
    copy[name] = member
  }
  return copy
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
