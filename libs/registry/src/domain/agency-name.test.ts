import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { agencyWords, isUnmarked, nameWords, plainWord } from './agency-name.js'
import { alignName, exactly, isOneSlipAway, withoutMarks } from './name-alignment.js'

describe('the words of a name', () => {
  it.each([
    ['Hòa Bình', 'Hoà Bình'],
    ['Thủy lợi', 'Thuỷ lợi'],
    ['Ủy ban nhân dân', 'UBND'],
    ['Uỷ ban nhân dân', 'ỦY BAN NHÂN DÂN'],
    ['huyện', 'huyêṇ'],
    ['Quản lý', 'quản lí'],
    ['quý', 'quí'],
    ['Ðầu tư', 'Đầu tư'],
    ['LĐ–TB&XH', 'lđ tb xh'],
    ['Sở\u200b Tư\u00ad pháp', 'Sở Tư pháp'],
  ])('%s and %s are one', (a, b) => {
    expect(nameWords(a)).toEqual(nameWords(b))
  })

  it.each([
    ['thúy', 'thúi'],
    ['Mường Lạn', 'Mường Lan'],
    ['Tà Xùa', 'Tá Xùa'],
    ['đ', 'd'],
  ])('%s and %s are two', (a, b) => {
    expect(nameWords(a)).not.toEqual(nameWords(b))
  })

  it('are the same composed and decomposed, in capitals and not', () => {
    const letters = fc.constantFrom(
      ...Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự -,.&'),
    )
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 40 }), (text) => {
        const words = nameWords(text)
        expect(nameWords(text.normalize('NFD'))).toEqual(words)
        expect(nameWords(text.toUpperCase())).toEqual(words)
      }),
    )
  })

  it('drop what names carry or drop at will', () => {
    expect(agencyWords('Ban Quản lý các khu công nghiệp')).toEqual(agencyWords('Ban Quản lý khu công nghiệp'))
    expect(agencyWords('Kế hoạch và Đầu tư')).toEqual(agencyWords('Kế hoạch & Đầu tư'))
  })

  it('can be told from text typed without marks', () => {
    expect([isUnmarked('So Tu phap'), isUnmarked('Đ'), isUnmarked('Sở')]).toEqual([true, false, false])
    expect(nameWords('Đường Hồng').map(plainWord)).toEqual(['duong', 'hong'])
  })
})

describe('reading along a name', () => {
  const official = agencyWords('Sở Lao động - Thương binh và Xã hội')

  it.each([
    ['Sở LĐTBXH', 'whole'],
    ['Sở LĐ TB XH', 'whole'],
    ['Sở Lao động TBXH', 'whole'],
    ['SLĐTBXH', 'whole'],
    ['Sở LĐTB', 'beginning'],
    ['Sở', 'beginning'],
    ['Sở LĐTBXHA', 'none'],
    ['Sở LĐXH', 'none'],
    ['Sở Lao động - Thương binh và Xã hội tỉnh', 'none'],
  ])('%s covers: %s', (written, coverage) => {
    expect(alignName(agencyWords(written), official, exactly)).toBe(coverage)
  })

  it('reads any mixture of words and initials of a name as that name', () => {
    const cut = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(cut, (lengths) => {
        const written: string[] = []
        for (let at = 0, turn = 0; at < official.length; turn++) {
          const part = official.slice(at, at + lengths[turn]!)
          written.push(part.length === 1 ? part[0]! : part.map((word) => word[0]).join(''))
          at += part.length
        }
        expect(alignName(written, official, exactly)).toBe('whole')
      }),
    )
  })

  it('without marks, holds no mark against the text', () => {
    expect(alignName(agencyWords('So Lao dong TBXH'), official, withoutMarks)).toBe('whole')
    expect(alignName(agencyWords('So Lao dong TBXH'), official, exactly)).toBe('none')
  })
})

describe('a slip', () => {
  const vocabulary = new Set(nameWords('Sở Công Thương'))

  it.each([
    ['Hiệp hội Doanh nghiêp tỉnh', 'Hiệp hội Doanh nghiệp tỉnh'],
    ['cơ quan đươn vị', 'cơ quan đơn vị'],
    ['Thanh tra tinhr', 'Thanh tra tinh'],
    ['Thanh tar tỉnh', 'Thanh tra tỉnh'],
  ])('%s for %s is forgiven', (written, meant) => {
    expect(isOneSlipAway(nameWords(written), nameWords(meant), vocabulary)).toBe(true)
    expect(isOneSlipAway(nameWords(meant), nameWords(written), new Set())).toBe(true)
  })

  it.each([
    ['Kho bạc khu vực X', 'Kho bạc khu vực XI'],
    ['Kho bạc khu vực III', 'Kho bạc khu vực VIII'],
    ['Ban Chỉ đạo 1287', 'Ban Chỉ đạo 1288'],
    ['xã Tô Múa', 'xã Tà Múa'],
    ['Sở Nội vụ', 'Sở Ngoại vụ'],
    ['Ban Dân tộc', 'Ban Dân vận'],
    ['Hiệp hội Doanh nghiêp tinh', 'Hiệp hội Doanh nghiệp tỉnh'],
    ['Công an', 'Công am'],
    ['Sở Công nghiệp tỉnh', 'Sở Nông nghiệp tỉnh'],
    ['Sở Thương nghiệp tỉnh', 'Sở Thương nghiệp tỉnh'],
    ['Ban Tân tộc', 'Ban Dân tộc'],
    ['Sở Công binh', 'Sở Cộng binh'],
  ])('%s for %s is not', (written, meant) => {
    expect(isOneSlipAway(nameWords(written), nameWords(meant), vocabulary)).toBe(false)
  })
})
