import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseReferences, type DocumentReference } from '#documents'

function only(text: string): DocumentReference {
  const references = parseReferences(text)
  expect(references).toHaveLength(1)
  return references[0]!
}

describe('any text', () => {
  it('is read alike in composed and decomposed Unicode', () => {
    const text = 'Quyết định số 965/QĐ-UBND ngày 26/4/2025 của Ủy ban nhân dân tỉnh'
    const { raw, start, end, ...rest } = only(text.normalize('NFD'))
    expect(rest).toEqual((({ raw: _raw, start: _start, end: _end, ...others }) => others)(only(text)))
    expect([raw, start, end]).toEqual([text.normalize('NFD'), 0, text.normalize('NFD').length])
  })

  const fragment = fc.constantFrom(
    'Quyết định',
    'Kế hoạch',
    'số',
    'Số',
    ' ',
    '\n',
    '/',
    '-',
    '–',
    '.',
    '…',
    ',',
    ';',
    '(',
    ')',
    ':',
    '19',
    '2025',
    '217',
    '31',
    'KH',
    'QĐ',
    'UBND',
    'TU',
    'NQ',
    'QH15',
    'L',
    'ngày',
    'tháng',
    'năm',
    'của',
    'tỉnh',
    'Sở Y tế',
    'và',
    'Đã hoàn thành',
    'https://x',
    '\u0301',
    '\u200b',
    '😀',
    '\ud800',
  )

  it('gives references in order whose raw text is where they say', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fragment).map((all) => all.join('')),
        ),
        (text) => {
          let end = 0
          for (const reference of parseReferences(text)) {
            expect(reference.start).toBeGreaterThanOrEqual(end)
            expect(reference.end).toBeGreaterThan(reference.start)
            expect(text.slice(reference.start, reference.end)).toBe(reference.raw)
            end = reference.end
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('comes back from being written out', () => {
    const kinds = [
      ['Quyết định', 'QĐ'],
      ['Kế hoạch', 'KH'],
      ['Báo cáo', 'BC'],
      ['Chỉ thị', 'CT'],
      ['Tờ trình', 'TTr'],
      ['Chương trình', 'CTr'],
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('UBND', 'SNV', 'HĐND', 'BCĐ'),
        fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.constantFrom('UBND tỉnh', 'Sở Nội vụ', 'Chủ tịch UBND tỉnh', 'Bộ Y tế'),
        fc.constantFrom('', ' ', '\n', '\n\n'),
        ([kind, code], count, organ, day, issuer, gap) => {
          const date = day.toISOString().slice(0, 10)
          const [year, month, dayOfMonth] = date.split('-')
          const text = `${kind} số ${count}/${code}-${gap}${organ} ngày ${dayOfMonth}/${month}/${year} của ${issuer}`
          expect(only(`Căn cứ ${text} về việc giao`)).toMatchObject({
            kind,
            typeCode: code,
            number: `${count}/${code}-${organ}`,
            date,
            issuer,
            raw: text,
            warnings: [],
          })
        },
      ),
    )
  })

  it.each([
    'a',
    '-',
    '1/',
    'số /',
    '1/QĐ-UBND, ',
    '; đã ban hành 1/KH-UBND về ',
    'của UBND tỉnh Sơn ',
    '\u0301',
    '(((',
  ])('does not stall when it repeats "%s" many times', (piece) => {
    expect(parseReferences(piece.repeat(20_000)).length).toBeLessThanOrEqual(20_000)
  })
})
