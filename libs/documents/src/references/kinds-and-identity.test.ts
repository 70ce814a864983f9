import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { documentIdentity, documentKindMatches, kindsPromisedBy, normaliseDocumentNumber } from '#documents'

describe('kindsPromisedBy', () => {
  it.each([
    ['Báo cáo kết quả thực hiện theo quy định', ['Báo cáo']],
    ['Kế hoạch của UBND tỉnh', ['Kế hoạch']],
    ['Quyết định của Chủ tịch UBND tỉnh', ['Quyết định']],
    ['công văn', ['Công văn']],
    ['Kế hoạch/Công văn', ['Kế hoạch', 'Công văn']],
    ['Văn bản chỉ đạo của Chủ tịch UBND tỉnh về việc xử lý, giải quyết những kiến nghị', []],
    ['Văn bản chỉ đạo, hướng dẫn, ...', []],
    ['Dự thảo Chỉ thị của Chủ tịch UBND tỉnh', ['Chỉ thị']],
    ['Phiếu khảo sát, đánh giá mức độ hài lòng', []],
    ['Quyết định quy định về tiêu chí của Chủ tịch UBND tỉnh', ['Quyết định']],
    ['Quyết định ban hành Kế hoạch, Chương trình', ['Quyết định']],
    ['Công văn hướng dẫn điều tra', ['Công văn']],
    ['Báo cáo (lồng ghép với Kế hoạch; Tờ trình)', ['Báo cáo']],
    ['Lồng ghép với Kế hoạch kiểm tra CCHC của UBND tỉnh', []],
    ['Dự thảo Nghị quyết sửa đổi, bổ sung Nghị quyết số 55/2023/NQ-HĐND', ['Nghị quyết']],
    ['- Nghị Quyết\n- Quyết định của UBND tỉnh\n- báo cáo', ['Nghị quyết', 'Quyết định', 'Báo cáo']],
    ['- Các văn bản quy phạm pháp luật\n- Các báo cáo thẩm định, báo cáo tiếp thu', ['Báo cáo']],
    ['Kế hoạch Quyết định Báo cáo theo quy định', ['Kế hoạch', 'Quyết định', 'Báo cáo']],
    ['Tờ trình, dự thảo Nghị quyết và Báo cáo', ['Tờ trình', 'Nghị quyết', 'Báo cáo']],
    ['01 Kế hoạch hành động', ['Kế hoạch']],
    ['Giấy chứng nhận đăng ký đầu tư đối với các Dự án', []],
    ['', []],
  ])('%s', (product, kinds) => {
    expect(kindsPromisedBy(product)).toEqual(kinds)
  })

  it('names each type once, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const kinds = kindsPromisedBy(text)
        expect(new Set(kinds).size).toBe(kinds.length)
      }),
    )
  })
})

describe('documentKindMatches', () => {
  it('takes any document where the product names no type, else only what was promised', () => {
    expect(documentKindMatches({ kind: 'Công văn' }, 'Văn bản chỉ đạo')).toBe(true)
    expect(documentKindMatches({ kind: 'Công văn' }, 'Kế hoạch/Công văn')).toBe(true)
    expect(documentKindMatches({ kind: 'Quyết định' }, 'Kế hoạch của UBND tỉnh')).toBe(false)
    expect(documentKindMatches({ kind: null }, 'Kế hoạch của UBND tỉnh')).toBe(false)
  })
})

describe('documentIdentity', () => {
  const plan = { issuer: 'UBND tỉnh', number: '06/KH-UBND', year: 2025 }

  it.each([
    { ...plan, number: '6/KH-UBND' },
    { ...plan, number: ' số 06/KH- ubnd' },
    { ...plan, number: '06/KH–UBND' },
    { ...plan, issuer: 'Ủy ban nhân dân tỉnh' },
    { ...plan, issuer: 'Uỷ ban  nhân dân tỉnh'.normalize('NFD') },
    { ...plan, issuer: 'Chủ tịch UBND tỉnh' },
    { ...plan, issuer: 'Phó Chủ tịch UBND tỉnh' },
  ])('is the same for %j', (other) => {
    expect(documentIdentity(other)).toBe(documentIdentity(plan))
  })

  it.each([
    { ...plan, year: 2024 },
    { ...plan, issuer: 'UBND huyện' },
    { ...plan, issuer: null },
    { ...plan, number: '60/KH-UBND' },
    { ...plan, number: '06/KH-UBND-HC' },
    { ...plan, number: '06/QĐ-UBND' },
  ])('is another for %j', (other) => {
    expect(documentIdentity(other)).not.toBe(documentIdentity(plan))
  })

  it('keeps ĐA and DA apart, and joins QĐ with QD', () => {
    const of = (number: string) => documentIdentity({ ...plan, number })
    expect(of('1/ĐA-SNV')).not.toBe(of('1/DA-SNV'))
    expect(of('1/QĐ-HĐND')).toBe(of('1/QD-HDND'))
  })

  it('joins an office with its agency', () => {
    const of = (issuer: string) => documentIdentity({ ...plan, issuer })
    expect(of('Bộ trưởng Bộ Nội vụ')).toBe(of('Bộ Nội vụ'))
    expect(of('Giám đốc Sở Y tế')).toBe(of('Sở Y tế'))
    expect(of('Chánh Văn phòng UBND tỉnh')).toBe(of('Văn phòng UBND tỉnh'))
    expect(of('Phó Chánh Thanh tra tỉnh')).toBe(of('Thanh tra tỉnh'))
    expect(of('Thủ tướng Chính phủ')).not.toBe(of('Chính phủ'))
    expect(of('Chủ tịch nước')).not.toBe(of('nước'))
  })

  it('is unknown without number or year', () => {
    expect(documentIdentity({ ...plan, number: null })).toBeNull()
    expect(documentIdentity({ ...plan, year: null })).toBeNull()
  })
})

describe('normaliseDocumentNumber', () => {
  it('keeps what is printed and drops what is not meant', () => {
    expect(normaliseDocumentNumber('Số: 277/QĐ-\n UBND')).toBe('277/QĐ-UBND')
    expect(normaliseDocumentNumber('05/kh–ubnd')).toBe('05/kh-ubnd')
  })
})
