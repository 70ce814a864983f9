import { getMetadataStorage } from 'class-validator'
import type { Input } from '#engine/workflow'

type Schema = Readonly<Record<string, unknown>>

interface Rule {
  readonly propertyName: string
  readonly type: string
  readonly name?: string
  readonly constraints?: readonly unknown[]
}

/** The JSON schema of an input class, from the same decorators that validate it: documentation cannot drift from it. */
export function schemaOf(input: Input<unknown>): Schema & {
  readonly properties: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
} {
  const rules = getMetadataStorage().getTargetValidationMetadatas(input, '', true, false) as readonly Rule[]
  const names = [...new Set(rules.map((rule) => rule.propertyName))]
  const of = (name: string): readonly Rule[] => rules.filter((rule) => rule.propertyName === name)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, propertySchema(of(name))])),
    required: names.filter((name) => !of(name).some((rule) => rule.type === 'conditionalValidation')),
  }
}

function propertySchema(rules: readonly Rule[]): Schema {
  const schema: Record<string, unknown> = {}
  for (const { name, type, constraints = [] } of rules)
    Object.assign(schema, keyword(name ?? type, constraints))
  return schema['type'] === undefined ? { ...schema, type: 'string' } : schema
}

/** class-validator's rules as JSON Schema; a rule without counterpart says nothing. */
function keyword(rule: string, [first]: readonly unknown[]): Schema {
  switch (rule) {
    case 'isInt':
      return { type: 'integer' }
    case 'isNumber':
      return { type: 'number' }
    case 'isBoolean':
      return { type: 'boolean' }
    case 'isArray':
      return { type: 'array', items: {} }
    case 'isObject':
    case 'nestedValidation':
      return { type: 'object' }
    case 'isUuid':
      return { type: 'string', format: 'uuid' }
    case 'isLocalDate':
      return { type: 'string', format: 'date' }
    case 'isIn':
      return { enum: first }
    case 'maxLength':
      return { maxLength: first }
    case 'min':
      return { minimum: first }
    case 'max':
      return { maximum: first }
    case 'matches':
      return first instanceof RegExp ? { pattern: first.source } : {}
    default:
      return {}
  }
}
