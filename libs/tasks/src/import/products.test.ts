import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { splitProducts } from './products.js'

describe('splitProducts', () => {
  it.each<[string, string[]]>([
    ['Kế hoạch của UBND tỉnh', ['Kế hoạch của UBND tỉnh']],
    ['- Nghị quyết\n- Quyết định', ['Nghị quyết', 'Quyết định']],
    ['- Nghị quyết\r\n- Quyết định', ['Nghị quyết', 'Quyết định']],
    ['- Kế hoạch của UBND;\n- báo cáo kết quả.', ['Kế hoạch của UBND', 'báo cáo kết quả']],
    ['Kế hoạch; Báo cáo kết quả triển khai', ['Kế hoạch', 'Báo cáo kết quả triển khai']],
    [
      'Quyết định của UBND tỉnh; công văn; báo cáo theo quy định',
      ['Quyết định của UBND tỉnh', 'công văn', 'báo cáo theo quy định'],
    ],
    ['- Các văn bản xin ý kiến..', ['Các văn bản xin ý kiến']],
    ['- Văn bản chỉ đạo, hướng dẫn, ...', ['Văn bản chỉ đạo, hướng dẫn']],
    ['Văn bản chỉ đạo, v.v…', ['Văn bản chỉ đạo']],
    ['- Báo cáo kết quả theo quy định.', ['Báo cáo kết quả theo quy định']],
    ['- Phiếu khảo sát,\n đánh giá mức độ\n hài lòng;', ['Phiếu khảo sát, đánh giá mức độ hài lòng']],
    ['Kế hoạch/Công văn', ['Kế hoạch/Công văn']],
    ['Kế hoạch Quyết định Báo cáo theo quy định', ['Kế hoạch Quyết định Báo cáo theo quy định']],
    [
      '- Kế hoạch; - Báo cáo (lồng ghép trong Báo cáo kiểm soát TTHC; báo cáo CCHC) theo quy định.',
      ['Kế hoạch', 'Báo cáo (lồng ghép trong Báo cáo kiểm soát TTHC; báo cáo CCHC) theo quy định'],
    ],
    ['- Kế hoạch - Báo cáo', ['Kế hoạch', 'Báo cáo']],
    ['- Chương trình phát triển kinh tế - xã hội', ['Chương trình phát triển kinh tế - xã hội']],
    ['Báo cáo (lần 1; Kế hoạch', ['Báo cáo (lần 1', 'Kế hoạch']],
    ['', []],
    [' - ; . ', []],
  ])('%j', (cell, products) => {
    expect(splitProducts(cell)).toEqual(products)
  })

  it('gives the same products for composed and decomposed text with stray spaces', () => {
    const cell = '- Kế hoạch của UBND tỉnh;\n- Báo cáo (quý I; quý II) theo quy định.'
    fc.assert(
      fc.property(fc.array(fc.constantFrom(' ', '\u00a0', '\u200b', '  '), { minLength: 12 }), (spaces) => {
        let next = 0
        const strewn = cell.normalize('NFD').replace(/ /gu, () => ` ${spaces[next++ % spaces.length]!}`)
        expect(splitProducts(strewn)).toEqual(splitProducts(cell))
      }),
    )
  })

  it('loses no word', () => {
    const word = fc.constantFrom(
      'Kế hoạch',
      'Báo cáo',
      'kinh tế - xã hội',
      '(a; b)',
      'quý/năm',
      '2 lần',
      '(x',
    )
    const separator = fc.constantFrom('; ', '\n- ', ' ', ', ', '\n', ' - ')
    fc.assert(
      fc.property(fc.array(fc.tuple(word, separator), { minLength: 1, maxLength: 8 }), (parts) => {
        const cell = parts.flat().join('')
        const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')
        expect(letters(splitProducts(cell).join(' '))).toBe(letters(cell))
      }),
    )
  })
})
