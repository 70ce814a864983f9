import { createRequire } from 'node:module'
import { describe, expect, it } from '@jest/globals'
import { getMetadataStorage } from 'class-validator'
import { hasVietnameseText } from '#engine'
import type { Input } from '#engine/workflow'
import { ImportParams } from '#tasks'
import { contexts } from '../../libs/platform/src/contexts.js'

type Class = Input<unknown>

interface TypeOfMember {
  readonly typeFunction?: () => Class
}

/** class-transformer tells nobody else which class a member holds. */
const { defaultMetadataStorage: types } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as {
  readonly defaultMetadataStorage: {
    findTypeMetadata(target: Class, member: string): TypeOfMember | undefined
  }
}

/** The constraints that may fail in data of this class, those of the classes within included. */
function constraintsOf(input: Class, seen = new Set<Class>()): Set<string> {
  if (seen.has(input)) return new Set()
  seen.add(input)
  const rules = getMetadataStorage().getTargetValidationMetadatas(input, '', true, false)
  const constraints = new Set<string>()
  for (const { type, name, propertyName } of rules) {
    // Says when the others count; it does not fail itself.
    if (type !== 'conditionalValidation') constraints.add(name ?? type)
    const within = types.findTypeMetadata(input, propertyName)?.typeFunction?.()
    if (within !== undefined)
      for (const constraint of constraintsOf(within, seen)) constraints.add(constraint)
  }
  return constraints
}

const inputs: readonly (readonly [string, Class])[] = [
  ['the import of a plan', ImportParams],
  ...contexts.flatMap(({ workflows, queries }) => [
    ...workflows.flatMap(({ name, transitions }) =>
      [...transitions].map(([transition, { input }]) => [`${name} ${transition}`, input] as const),
    ),
    ...queries.map(({ name, input }) => [name, input] as const),
  ]),
]

describe('what is wrong with data', () => {
  it.each(inputs)('is told in Vietnamese: %s', (_name, input) => {
    const missing = [...constraintsOf(input)].filter((constraint) => !hasVietnameseText(constraint))
    expect(missing).toEqual([])
  })

  it('is found in classes within classes as well', () => {
    const assign = inputs.find(([name]) => name === 'task Assign')![1]
    expect([...constraintsOf(assign)]).toEqual(
      expect.arrayContaining(['isDeadline', 'isLength', 'arrayMinSize', 'nestedValidation', 'isLocalDate']),
    )
  })

  it.each(['whitelistValidation', 'unknownValue'])('is told in Vietnamese: %s of any class', (constraint) => {
    expect(hasVietnameseText(constraint)).toBe(true)
  })
})
