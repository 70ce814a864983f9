import 'reflect-metadata'
import { describe, expect, it } from '@jest/globals'
import { Exclude, Expose, Transform, Type } from 'class-transformer'
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator'
import fc from 'fast-check'
import type { Input } from '../workflow/workflow.js'
import { quickInput } from './quick-input.js'
import { byTheLibraries, InvalidInput, validateInput } from './validate-input.js'

class Person {
  @IsOptional() @IsString() @MaxLength(5) name?: string
  @IsInt() @Min(0) age!: number
}

class Mixed {
  @IsString() @Length(1, 5) text!: string
  @IsOptional() @IsIn(['a', 'b']) word?: string
  @IsOptional() @IsBoolean() flag?: boolean
  @IsArray() @ArrayMaxSize(3) @IsString({ each: true }) words!: string[]
  @IsOptional() @IsObject() any?: object
  @Allow() open?: unknown
  @ValidateIf(({ flag }: Mixed) => flag === true) @IsInt() count?: number
  @ValidateIf(({ flag }: Mixed) => flag === true) @ValidateNested() @Type(() => Person) sometimes?: Person
  @IsOptional() @ValidateNested() @Type(() => Person) by?: Person
  @IsArray() @ArrayMinSize(1) @ValidateNested({ each: true }) @Type(() => Person) people!: Person[]
}

/** What either way makes of data: its text, in which the order of members counts, or what is wrong with it. */
function made(way: () => unknown): string {
  try {
    return JSON.stringify(way())
  } catch (error) {
    if (error instanceof InvalidInput) return JSON.stringify(error.problems)
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

const hostile = [
  '__proto__',
  'constructor',
  'toString',
  'then',
  'prototype',
  'hasOwnProperty',
  '0',
  '10',
  '$sealed',
]
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 0, -1, 2, 'a', 'b', '', 'longer than all', undefined),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'name', 'age', ...hostile), tie('value')), { maxLength: 4 })
      // As JSON.parse makes them: every name is a member of its own.
      .map((pairs) => withMembers({}, pairs)),
  ),
})).value

function withMembers(base: object, pairs: readonly (readonly [string, unknown])[]): object {
  const object = { ...base }
  for (const [name, value] of pairs)
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
  return object
}

const person = fc.record({ name: fc.constantFrom('An', null), age: fc.nat(99) }, { requiredKeys: ['age'] })
const valid = fc.record(
  {
    text: fc.constantFrom('a', 'Đỗ'),
    word: fc.constantFrom('a', 'b', null),
    flag: fc.boolean(),
    words: fc.array(fc.constantFrom('x', ''), { maxLength: 3 }),
    any: fc.dictionary(fc.constantFrom('a', 'b', '7'), fc.jsonValue({ maxDepth: 2 })),
    open: fc.jsonValue({ maxDepth: 2 }),
    count: fc.nat(5),
    sometimes: person,
    by: person,
    people: fc.array(person, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['text', 'words', 'people'] },
)
/** Valid data of which nothing, something or everything is replaced, and members are added. */
const nearlyValid = fc
  .tuple(
    valid,
    fc.array(
      fc.tuple(fc.constantFrom('text', 'words', 'any', 'by', 'people', 'sometimes', 'odd', ...hostile), json),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([data, pairs]) => withMembers(data, pairs))

describe('quickInput', () => {
  it('gives what the libraries give, in the same order, or leaves it to them', () => {
    let taken = 0
    fc.assert(
      fc.property(nearlyValid, (data) => {
        const quick = quickInput(Mixed)!(data)
        if (quick === undefined) return
        taken++
        expect(JSON.stringify(quick)).toBe(made(() => byTheLibraries(Mixed, data)))
        expect(quick).not.toBe(data)
      }),
      { numRuns: 2_000 },
    )
    expect(taken).toBeGreaterThan(500)
  })

  it('changes no answer: neither data nor what is wrong with it', () => {
    fc.assert(
      fc.property(nearlyValid, (data) => {
        expect(made(() => validateInput(Mixed, data))).toBe(made(() => byTheLibraries(Mixed, data)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes valid data by itself', () => {
    const data = { words: [], text: 'a', people: [{ age: 3 }], any: { nested: [{ x: null }] } }
    expect(quickInput(Mixed)!(data)).toEqual(data)
    const none = undefined
    expect(quickInput(Mixed)!({ ...data, word: none })).toStrictEqual(data)
  })

  it('shares nothing with what was sent', () => {
    const data = { words: ['x'], text: 'a', people: [{ age: 3 }], any: { list: [1] } }
    const quick = quickInput(Mixed)!(data) as typeof data
    data.words.push('y')
    data.people[0]!.age = 4
    data.any.list.push(2)
    expect(quick).toEqual({ words: ['x'], text: 'a', people: [{ age: 3 }], any: { list: [1] } })
  })

  it.each([
    ['an unknown member', { odd: 1 }],
    ['a member that breaks a rule', { text: '' }],
    ['a name that every object has', { any: JSON.parse('{"constructor":1}') }],
    ['the prototype as a member', { any: JSON.parse('{"__proto__":{"admin":true}}') }],
    ['what is no plain data', { any: new Map([[1, 2]]) }],
    ['a date', { open: new Date(0) }],
    ['a function', { open: () => 1 }],
    ['a list in a list of inputs', { people: [[{ age: 1 }]] }],
    ['an input of the wrong kind', { by: 'An' }],
    ['an input that breaks a rule', { by: { age: -1 } }],
  ])('leaves to the libraries: %s', (_what, odd) => {
    expect(quickInput(Mixed)!({ words: [], text: 'a', people: [{ age: 3 }], ...odd })).toBeUndefined()
  })

  it('does not take on classes with decorators it does not read', () => {
    class Transformed {
      @Transform(({ value }) => Number(value)) @IsInt() count!: number
    }
    class Exposed {
      @Expose({ name: 'anzahl' }) @IsInt() count!: number
    }
    class Excluded {
      @Exclude() @IsInt() count!: number
    }
    class Converted {
      @Type(() => Number) @IsInt() count!: number
    }
    class Chosen {
      @ValidateNested() @Type((about) => (about?.property === 'by' ? Person : Mixed)) by!: object
    }
    class Untyped {
      @ValidateNested() by!: Person
    }
    class Unjudged {
      @Type(() => Person) @IsObject() by!: Person
    }
    class WithDefault {
      @IsInt() count = 3
    }
    class HoldsItself {
      @IsOptional() @ValidateNested() @Type(() => HoldsItself) next?: unknown
    }
    class Nothing {}
    const classes: readonly Input<unknown>[] = [
      Transformed,
      Exposed,
      Excluded,
      Converted,
      Chosen,
      Untyped,
      Unjudged,
      WithDefault,
      HoldsItself,
      Nothing,
    ]
    for (const input of classes) expect([input.name, quickInput(input)]).toEqual([input.name, null])
  })

  it('reads a class together with the one it extends', () => {
    class Longer extends Person {
      @IsString() title!: string
    }
    const data = { age: 1, title: 't' }
    expect(quickInput(Longer)!(data)).toEqual(data)
    expect(quickInput(Longer)!({ title: 't' })).toBeUndefined()
  })
})
