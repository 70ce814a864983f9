import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { SttSequence } from './stt-sequence.js'

function run(numbers: readonly number[], sequence = new SttSequence()): { codes: string[]; told: string[] } {
  const read = numbers.map((number, index) => sequence.next(index, String(number), number, 'P-I-'))
  return {
    codes: read.map(({ unique }) => unique),
    told: read.flatMap(({ warnings }) => warnings.map(({ code, row }) => `${code}@${row}`)),
  }
}

describe('SttSequence', () => {
  it('is silent where nothing is missing', () => {
    expect(run([1, 2, 3])).toEqual({ codes: ['1', '2', '3'], told: [] })
  })

  it('tells a gap once, with the numbers that are missing', () => {
    const { warnings } = new SttSequence().next(7, '4', 4, 'P-I-')
    expect(warnings).toEqual([expect.objectContaining({ row: 7, code: 'stt-skipped' })])
    expect(warnings[0]!.message.vi).toContain('1–3')
    expect(run([1, 2, 3, 5]).told).toEqual(['stt-skipped@3'])
  })

  it('keeps repeated numbers apart', () => {
    expect(run([1, 2, 2, 2, 3])).toEqual({
      codes: ['1', '2', '2:2', '2:3', '3'],
      told: ['stt-repeated@2', 'stt-repeated@3'],
    })
  })

  it('tells a number that stands too late, and goes on from the highest', () => {
    expect(run([1, 3, 2, 4]).told).toEqual(['stt-skipped@1', 'stt-decreasing@2'])
  })

  it('lets a plan count on through its sections', () => {
    expect(run([8, 9], new SttSequence(7)).told).toEqual([])
    expect(run([1, 2], new SttSequence(7)).told).toEqual([])
    expect(run([9], new SttSequence(7)).told).toEqual(['stt-skipped@0'])
  })

  it('never gives one label twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 })), (numbers) => {
        const { codes } = run(numbers)
        expect(new Set(codes).size).toBe(codes.length)
      }),
    )
  })
})
