import { describe, expect, it } from '@jest/globals'
import { IsIn, IsOptional, ValidateIf } from 'class-validator'
import { SaxesParser } from 'saxes'
import { describeWorkflow, mermaidOf, schemaOf, workflowSvg } from '#engine'
import { counter } from '../commanding/counter.fixture.js'

const described = describeWorkflow(counter)

describe('a workflow as data', () => {
  it('is what its table says', () => {
    expect(JSON.parse(JSON.stringify(described))).toMatchObject({
      name: 'counter',
      initial: 'empty',
      states: [
        { name: 'empty', text: { vi: 'trống', en: 'empty' } },
        { name: 'counting', text: { vi: 'đang đếm' } },
        { name: 'closed' },
      ],
      events: [
        { type: 'counter.Added', version: 1 },
        { type: 'counter.Struck', version: 1 },
        { type: 'counter.Closed', version: 1 },
      ],
    })
    expect(described.transitions[0]).toEqual({
      name: 'Add',
      text: { vi: 'Cộng', en: 'Add' },
      from: ['empty', 'counting'],
      to: ['counting'],
      by: [{ name: 'counter', text: { vi: 'người đếm', en: 'counter' } }],
      input: {
        type: 'object',
        properties: { amount: { type: 'integer', minimum: 1, maximum: 1000 } },
        required: ['amount'],
        additionalProperties: false,
      },
    })
  })

  it('has the schema of what is nested, and of what stands in lists', () => {
    const { input } = described.transitions.find(({ name }) => name === 'AddAll')!
    expect(input.properties).toEqual({
      adds: { type: 'array', items: schemaOf(counter.transitions.get('Add')!.input) },
    })
    expect(described.transitions.find(({ name }) => name === 'Close')!.input).toMatchObject({
      properties: {},
    })
  })

  it('requires what may not be left out, and promises nothing of rules that count in some cases only', () => {
    class Given {
      @IsIn(['a', 'b']) always!: string
      @IsOptional() @IsIn([1, 2]) sometimes?: number
      @ValidateIf((given: Given) => given.always === 'a') @IsIn(['x']) inCase?: unknown
    }
    expect(schemaOf(Given)).toMatchObject({
      properties: {
        always: { type: 'string', enum: ['a', 'b'] },
        sometimes: { type: 'number', enum: [1, 2] },
        inCase: {},
      },
      required: ['always'],
    })
  })
})

describe('a workflow as a Mermaid diagram', () => {
  it('has every state, an arrow wherever the table says where to, and loops where it may stay', () => {
    expect(mermaidOf(described)).toBe(`stateDiagram-v2
  state "trống" as empty
  state "đang đếm" as counting
  state "đã đóng" as closed
  [*] --> empty
  empty --> counting : Add, AddAll
  counting --> closed : Close
  counting --> counting : Add, AddAll, Strike
`)
  })
})

describe('a workflow as a picture', () => {
  const odd = { ...counter, statuses: { ...counter.statuses, lost: { vi: '<"mất" & tìm>', en: 'lost' } } }
  const picture = workflowSvg(describeWorkflow(odd))

  it('is well-formed, names every state, transition and actor, and lies within its frame', () => {
    const texts: string[] = []
    const points: [number, number][] = []
    const parser = new SaxesParser()
    parser.on('error', (error) => {
      throw error
    })
    parser.on('text', (text) => texts.push(text))
    parser.on('opentag', ({ name, attributes }) => {
      if (name === 'text' || name === 'rect')
        points.push([Number(attributes['x'] ?? 0), Number(attributes['y'] ?? 0)])
    })
    parser.write(picture).close()
    for (const named of [...described.states, ...described.transitions.map(({ text }) => ({ text }))])
      expect(texts).toContain(named.text.vi)
    expect(texts.filter((text) => text === 'người đếm')).toHaveLength(4)
    expect(texts.join(' ')).toContain('<"mất" & tìm>')
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(picture)!.map(Number) as [
      number,
      number,
      number,
    ]
    for (const [x, y] of points)
      expect([x >= 0, x <= width, y >= 0, y <= height]).toEqual([true, true, true, true])
  })

  it('is the same every time', () => {
    expect(workflowSvg(describeWorkflow(odd))).toBe(picture)
  })
})
