import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { schemaOf } from '#engine'
import { contexts } from '../../libs/platform/src/contexts.js'
import { allCases } from './cases.js'

const ajv = new Ajv({ strict: false, validateFormats: false })
const inputs = contexts
  .flatMap((context) => context.workflows)
  .flatMap(({ name, transitions }) =>
    [...transitions].map(([transition, { input }]) => [`${name}: ${transition}`, input] as const),
  )

/** Null counts as left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]))
}

describe('the JSON schema of an input', () => {
  it.each(inputs)('of %s is one', (_name, input) => {
    expect(() => ajv.compile(schemaOf(input))).not.toThrow()
  })

  it.each(
    allCases.flatMap(({ workflow, transitions }) =>
      Object.entries(transitions).map(
        ([name, { data }]) =>
          [`${workflow.name}: ${name}`, workflow.transitions.get(name)!.input, data] as const,
      ),
    ),
  )('of %s takes data that is possible, and no member nobody knows', (_name, input, data) => {
    const validate = ajv.compile(schemaOf(input))
    const given = withoutNulls(data) as object
    expect([validate(given), validate.errors]).toEqual([true, null])
    expect(validate({ ...given, nobodyKnowsThis: 1 })).toBe(false)
  })
})
