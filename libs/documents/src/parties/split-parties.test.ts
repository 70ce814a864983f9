import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { splitParties } from './split-parties.js'
import { cells } from './table-cells.fixture.js'

/** Headings and lists of addressees in the running text of the plans. */
const phrases: readonly (readonly [string, readonly string[]])[] = [
  [
    'Công an tỉnh, Cục Thuế tỉnh, Kho bạc Nhà nước tỉnh, Bảo hiểm xã hội tỉnh, Điện lực tỉnh',
    ['Công an tỉnh', 'Cục Thuế tỉnh', 'Kho bạc Nhà nước tỉnh', 'Bảo hiểm xã hội tỉnh', 'Điện lực tỉnh'],
  ],
  ['Báo và Phát thanh, Truyền hình tỉnh', ['Báo và Phát thanh, Truyền hình tỉnh']],
  ['Sở Văn hoá, Thể thao và Du lịch', ['Sở Văn hoá, Thể thao và Du lịch']],
  ['Sở Tư pháp và Ủy ban nhân dân các huyện', ['Sở Tư pháp', 'Ủy ban nhân dân các huyện']],
  [
    'Văn phòng Đoàn đại biểu quốc hội và Hội đồng nhân dân tỉnh',
    ['Văn phòng Đoàn đại biểu quốc hội và Hội đồng nhân dân tỉnh'],
  ],
  ['Đài PT&TH, Báo L.Sơn', ['Đài PT&TH', 'Báo L.Sơn']],
  ['Sở Thông tin và\nTruyền thông;\nSở Nội\nvụ', ['Sở Thông tin và Truyền thông', 'Sở Nội vụ']],
  ['Sở Nội vụ\nSở Tài chính', ['Sở Nội vụ', 'Sở Tài chính']],
  ['Sở Nội vụ\n- Sở Tư pháp', ['Sở Nội vụ', 'Sở Tư pháp']],
  [
    'Viễn thông Sơn La (VNPT, các chi nhánh; Vinaphone)',
    ['Viễn thông Sơn La (VNPT, các chi nhánh; Vinaphone)'],
  ],
]

describe('splitParties', () => {
  it.each(cells)('reads the cell %j of the tables', (cell, parties) => {
    expect(splitParties(cell)).toEqual(parties)
  })

  it.each(phrases)('reads the phrase %j of the plans', (phrase, parties) => {
    expect(splitParties(phrase)).toEqual(parties)
  })

  it('loses no word of any cell, and finds the same parties in decomposed Unicode', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...cells.map(([cell]) => cell)), { maxLength: 4 }), (chosen) => {
        const cell = chosen.join(';\n')
        const parties = splitParties(cell)
        expect(words(parties.join(' '))).toEqual(words(cell))
        expect(splitParties(cell.normalize('NFD'))).toEqual(parties)
      }),
    )
  })
})

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}
