import { createRequire } from 'node:module'
import { getMetadataStorage } from 'class-validator'
import type { Input } from '../workflow/workflow.js'

export type Schema = Readonly<Record<string, unknown>>

/** The JSON schema of an object. */
export interface ObjectSchema extends Schema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
  readonly additionalProperties: false
}

interface Rule {
  readonly propertyName: string
  readonly type: string
  readonly name?: string
  readonly constraints?: readonly unknown[]
  readonly each?: boolean
}

/** class-transformer tells nobody else which class a member holds. */
const { defaultMetadataStorage: types } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as {
  readonly defaultMetadataStorage: {
    findTypeMetadata(
      target: Input<unknown>,
      member: string,
    ): { readonly typeFunction?: () => Input<unknown> } | undefined
  }
}

/**
 * The JSON schema of an input class, from the same decorators that validate it, so that documentation cannot drift
 * from it. A rule that JSON Schema cannot say is left out: valid data fits the schema, not always the reverse. Where a
 * member may be left out, null counts as left out.
 */
export function schemaOf(input: Input<unknown>): ObjectSchema {
  const rules = getMetadataStorage().getTargetValidationMetadatas(input, '', true, false) as readonly Rule[]
  const names = [...new Set(rules.map((rule) => rule.propertyName))]
  const of = (name: string): readonly Rule[] => rules.filter((rule) => rule.propertyName === name)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, memberSchema(input, name, of(name))])),
    required: names.filter((name) => !of(name).some((rule) => rule.type === 'conditionalValidation')),
    additionalProperties: false,
  }
}

function memberSchema(input: Input<unknown>, name: string, rules: readonly Rule[]): Schema {
  const within = types.findTypeMetadata(input, name)?.typeFunction?.()
  const one = (some: readonly Rule[]): Schema =>
    Object.assign({}, ...some.map((rule) => keyword(rule, within))) as Schema
  // Rules that count in some cases only promise nothing of the others.
  if (rules.some((rule) => rule.type === 'conditionalValidation' && rule.name !== 'isOptional')) return {}
  const each = rules.filter((rule) => rule.each === true)
  const own = rules.filter((rule) => rule.each !== true)
  if (each.length === 0) return one(own)
  return { ...one([...own, { propertyName: name, type: 'isArray' }]), items: one(each) }
}

function keyword({ name, type, constraints = [] }: Rule, within: Input<unknown> | undefined): Schema {
  const [first, second] = constraints
  const rule = name ?? type
  switch (rule) {
    case 'isString':
      return { type: 'string' }
    case 'isInt':
      return { type: 'integer' }
    case 'isNumber':
      return { type: 'number' }
    case 'isBoolean':
      return { type: 'boolean' }
    case 'isArray':
      return { type: 'array', items: {} }
    case 'nestedValidation':
      return within === undefined ? { type: 'object' } : schemaOf(within)
    case 'isObject':
      return within === undefined ? { type: 'object' } : {}
    case 'isUuid':
      return { type: 'string', format: 'uuid' }
    case 'isLocalDate':
      return { type: 'string', format: 'date' }
    case 'isIn':
      return { enum: first, ...(Array.isArray(first) && { type: typeof first[0] }) }
    case 'isLength':
      return { type: 'string', minLength: first, ...(second !== undefined && { maxLength: second }) }
    case 'isNotEmpty':
      return { minLength: 1 }
    case 'minLength':
    case 'maxLength':
      return { type: 'string', [rule]: first }
    case 'matches':
      return { type: 'string', ...(first instanceof RegExp && { pattern: first.source }) }
    case 'min':
      return { minimum: first }
    case 'max':
      return { maximum: first }
    case 'arrayMinSize':
      return { minItems: first }
    case 'arrayMaxSize':
      return { maxItems: first }
    case 'arrayUnique':
      return { uniqueItems: true }
    default:
      return {}
  }
}
