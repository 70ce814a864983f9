import { describe, expect, it } from '@jest/globals'
import { parseReferences, type DocumentReference } from '#documents'

function only(text: string): DocumentReference {
  const references = parseReferences(text)
  expect(references).toHaveLength(1)
  return references[0]!
}

describe('number and symbol', () => {
  it.each([
    ['Kế hoạch hành động số 19/KH-UBND', 'Kế hoạch', 'KH', '19/KH-UBND', 'KH-UBND'],
    ['Công văn số 66/VPUB-KSTTHC', 'Công văn', null, '66/VPUB-KSTTHC', 'VPUB-KSTTHC'],
    ['Nghị quyết số 55/2023/NQ-HĐND', 'Nghị quyết', 'NQ', '55/2023/NQ-HĐND', 'NQ-HĐND'],
    ['Kế hoạch hành động số 333-KH/TU', 'Kế hoạch', 'KH', '333-KH/TU', 'KH/TU'],
    ['Nghị quyết số 66.22/2026/NQ-CP', 'Nghị quyết', 'NQ', '66.22/2026/NQ-CP', 'NQ-CP'],
    ['585/QĐ-UBND-HC', 'Quyết định', 'QĐ', '585/QĐ-UBND-HC', 'QĐ-UBND-HC'],
    ['Quyết định số 277/QĐ- UBND', 'Quyết định', 'QĐ', '277/QĐ-UBND', 'QĐ-UBND'],
    ['Quyết định số 36/QĐ-\n\nTTg', 'Quyết định', 'QĐ', '36/QĐ-TTg', 'QĐ-TTg'],
    ['Nghị quyết số 17\n-NQ/TU', 'Nghị quyết', 'NQ', '17-NQ/TU', 'NQ/TU'],
    ['Kế hoạch số 5 / KH - UBND', 'Kế hoạch', 'KH', '5/KH-UBND', 'KH-UBND'],
    ['Báo cáo 359/BC-UBND', 'Báo cáo', 'BC', '359/BC-UBND', 'BC-UBND'],
    ['102/KH-UBND', 'Kế hoạch', 'KH', '102/KH-UBND', 'KH-UBND'],
    ['948/SGDĐT-VP', 'Công văn', null, '948/SGDĐT-VP', 'SGDĐT-VP'],
    ['123-CV/TU', 'Công văn', null, '123-CV/TU', 'CV/TU'],
    ['Quy định số 429-QĐ/TU', 'Quy định', 'QĐ', '429-QĐ/TU', 'QĐ/TU'],
    ['Luật Doanh nghiệp số 59/2020/QH14', 'Luật', null, '59/2020/QH14', 'QH14'],
    ['Nghị quyết số 198/2025/QH15', 'Nghị quyết', 'NQ', '198/2025/QH15', 'QH15'],
    ['198/2025/QH15', null, null, '198/2025/QH15', 'QH15'],
    ['Công văn số 120/TTr-P3', 'Công văn', null, '120/TTr-P3', 'TTr-P3'],
    ['Công văn số 1234a/UBND.VX', 'Công văn', null, '1234a/UBND.VX', 'UBND.VX'],
    ['Kế hoạch số 55/KH-BCĐ389', 'Kế hoạch', 'KH', '55/KH-BCĐ389', 'KH-BCĐ389'],
    ['số 19/kh-ubnd', 'Kế hoạch', 'KH', '19/kh-ubnd', 'kh-ubnd'],
    ['QĐ số 78/QD-UBND', 'Quyết định', 'QĐ', '78/QD-UBND', 'QD-UBND'],
    ['Tờ trình số: 28/TTr–SKHĐT', 'Tờ trình', 'TTr', '28/TTr-SKHĐT', 'TTr-SKHĐT'],
    ['Thông báo kết luận số 123-TB/TU', 'Thông báo', 'TB', '123-TB/TU', 'TB/TU'],
    ['Công văn hướng dẫn số 77/SNV-CCHC', 'Công văn', null, '77/SNV-CCHC', 'SNV-CCHC'],
    ['Quyết định số 12/QĐ-UBND - UBND tỉnh', 'Quyết định', 'QĐ', '12/QĐ-UBND', 'QĐ-UBND'],
  ])('%s', (text, kind, typeCode, number, symbol) => {
    expect(only(text)).toMatchObject({ kind, typeCode, number, symbol, date: null })
  })

  it.each([
    '02 lần/năm, 06 tháng/lần, 24/7, 1/2, ngày 15/9/2025, 80 km/h, 5/DVC, quý/6 tháng/năm',
    'Kế hoạch/Công văn giai đoạn 2021-2025; tầm nhìn đến 2050',
    'theo Đề án 06, Chương 2, Điều 10; mã 000.00.00.H52-250115-0001; 100109106-001',
    'https://thuvienphapluat.vn/tim-van-ban.aspx?keyword=76/NQ-CP&match=True',
  ])('finds none in "%s"', (text) => {
    expect(parseReferences(text)).toEqual([])
  })

  it('joins a symbol that a web address was extracted into', () => {
    const text = 'Công văn số 240/VPUB-\n\nhttps://example.vn/xem?id=4010694\n\nKSTTHC ngày 04/02/2025'
    expect(only(text)).toMatchObject({ number: '240/VPUB-KSTTHC', date: '2025-02-04' })
  })

  it('keeps the symbol where the number is still open', () => {
    const reference = only('(Kèm theo Kế hoạch số      /KH-UBND ngày    /01/2025 của Chủ tịch UBND tỉnh)')
    expect(reference).toMatchObject({
      kind: 'Kế hoạch',
      number: null,
      symbol: 'KH-UBND',
      date: null,
      year: 2025,
      issuer: 'Chủ tịch UBND tỉnh',
    })
    expect(reference.warnings.map(({ code }) => code)).toEqual(['number-missing', 'date-incomplete'])
    expect(only('số ……/QĐ-UBND ngày …… tháng …… năm 2025')).toMatchObject({ number: null, year: 2025 })
    expect(only('Quyết định số     -QĐ/TU')).toMatchObject({ number: null, symbol: 'QĐ/TU' })
  })

  it('takes a number without symbol only between its type and its date', () => {
    const reference = only('Quyết định số 78 ngày 11/01/2025 của UBND tỉnh')
    expect(reference).toMatchObject({ kind: 'Quyết định', number: '78', symbol: null, date: '2025-01-11' })
    expect(reference.warnings.map(({ code }) => code)).toEqual(['symbol-incomplete'])
    expect(parseReferences('biểu mẫu số 78 ngày 11/01/2025; Quyết định số 78')).toEqual([])
  })

  it('reads numbers that share a symbol, without their date', () => {
    const text = 'Quyết định số 12, 13 và 14/QĐ-UBND ngày 01/02/2025 của UBND tỉnh'
    const told = parseReferences(text).map(({ kind, number, date, issuer, raw }) => [
      kind,
      number,
      date,
      issuer,
      raw,
    ])
    expect(told).toEqual([
      ['Quyết định', '12/QĐ-UBND', null, 'UBND tỉnh', '12'],
      ['Quyết định', '13/QĐ-UBND', null, 'UBND tỉnh', '13'],
      ['Quyết định', '14/QĐ-UBND', '2025-02-01', 'UBND tỉnh', '14/QĐ-UBND ngày 01/02/2025 của UBND tỉnh'],
    ])
    expect(parseReferences('số 01, 02/2025/NQ-HĐND').map(({ number, year }) => [number, year])).toEqual([
      ['01/2025/NQ-HĐND', 2025],
      ['02/2025/NQ-HĐND', 2025],
    ])
    expect(parseReferences('mục 12, 13/QĐ-UBND')).toHaveLength(1)
  })

  it('believes the symbol where the words say otherwise, and tells', () => {
    const reference = only('Kế hoạch số 12/QĐ-UBND')
    expect(reference.kind).toBe('Quyết định')
    expect(reference.warnings).toEqual([expect.objectContaining({ code: 'kind-differs-from-symbol' })])
  })
})

describe('date', () => {
  it.each([
    ['ngày 20/01/2025', '2025-01-20'],
    ['ngày 27 tháng 12 năm 2024', '2024-12-27'],
    ['ngày 06/2/2025', '2025-02-06'],
    ['ngày 20/ 2 /2025', '2025-02-20'],
    ['ngày 20-01-2025', '2025-01-20'],
    ['ngày 20.01.2025', '2025-01-20'],
    [', ngày 20/01/2025', '2025-01-20'],
    ['ký ngày 20/01/2025', '2025-01-20'],
    ['20/2/2025', '2025-02-20'],
    ['(20/01/2025)', '2025-01-20'],
    ['của UBND tỉnh ngày 20/01/2025', '2025-01-20'],
  ])('%s', (words, date) => {
    const text = `Kế hoạch số 19/KH-UBND ${words}`
    expect(only(text)).toMatchObject({ date, year: Number(date.slice(0, 4)), raw: text, warnings: [] })
  })

  it.each([
    ['99/NQ-CP ngày 03/10/217 của Chính phủ', 'date-impossible', '03/10/217', null, null],
    ['9/NQ-CP ngày 31/02/2025', 'date-impossible', '31/02/2025', null, 2025],
    ['9/QĐ-UBND ngày 20/01/25', 'date-impossible', '20/01/25', null, null],
    ['002/2025/TT-BNV ngày 04/4/20252', 'date-impossible', '04/4/20252', null, 2025],
    ['02/2017/TT-VPCP ngày 31/10/2027', 'date-implausible', '31/10/2027', '2027-10-31', 2017],
    ['9/QĐ-UBND ngày 01/01/1025', 'date-implausible', '01/01/1025', '1025-01-01', 1025],
    ['9/QĐ-UBND ngày 20/01', 'date-incomplete', '20/01', null, null],
    ['9/QĐ-UBND ngày     tháng 7 năm 2025', 'date-incomplete', 'tháng 7 năm 2025', null, 2025],
  ])('%s is told, not repaired', (text, code, raw, date, year) => {
    expect(only(text)).toMatchObject({ date, year, warnings: [{ code, raw }] })
  })

  it('knows the year where only that is written', () => {
    expect(only('Kế hoạch số 19/KH-UBND năm 2025 của UBND tỉnh')).toMatchObject({
      date: null,
      year: 2025,
      issuer: 'UBND tỉnh',
      warnings: [],
    })
  })
})

describe('issuer', () => {
  it.each([
    ['của UBND tỉnh về việc ban hành', 'UBND tỉnh'],
    ['của UBND tỉnh Sơn La thực hiện', 'UBND tỉnh Sơn La'],
    ['của Chủ tịch Ủy ban nhân dân tỉnh về ban hành', 'Chủ tịch Ủy ban nhân dân tỉnh'],
    ['của Văn phòng UBND tỉnh)', 'Văn phòng UBND tỉnh'],
    ['của HĐND tỉnh quy định các khoản thu', 'HĐND tỉnh'],
    ['của Sở Y tế; Phiếu khảo sát', 'Sở Y tế'],
    ['của Bộ Giáo dục và Đào tạo về việc Phê duyệt', 'Bộ Giáo dục và Đào tạo'],
    ['của Sở Văn hóa, Thể thao và Du lịch hướng dẫn', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['của Thủ tướng Chính phủ và Nghị quyết của HĐND', 'Thủ tướng Chính phủ'],
    ['của Ban Thường vụ Tỉnh ủy thực hiện', 'Ban Thường vụ Tỉnh ủy'],
    ['của Ban Chấp hành Đảng bộ tỉnh Sơn La về', 'Ban Chấp hành Đảng bộ tỉnh Sơn La'],
    ['của Ban Quản lý các khu công nghiệp.', 'Ban Quản lý các khu công nghiệp'],
    ['của Giám đốc Sở Nội vụ về', 'Giám đốc Sở Nội vụ'],
    ['của Bộ Chính trị, Ban Bí thư về', 'Bộ Chính trị'],
    ['của UBND TP. Sơn La về', 'UBND TP. Sơn La'],
    ['của UBND thành phố Hồ Chí Minh về', 'UBND thành phố Hồ Chí Minh'],
    ['của các cơ quan, đơn vị, các xã, phường', null],
    ['của Hội nghị lần thứ năm Ban Chấp hành TW', null],
    ['về việc giao biên chế của Sở Nội vụ', null],
  ])('%s', (words, issuer) => {
    expect(only(`5/QĐ-ABC ngày 01/02/2025 ${words}`).issuer).toBe(issuer)
  })

  it('may stand before the number', () => {
    const text = 'Quyết định của UBND tỉnh số 78/QĐ-UBND ngày 11/01/2025'
    expect(only(text)).toMatchObject({ issuer: 'UBND tỉnh', date: '2025-01-11', raw: text })
  })

  it('at the end of a list belongs to the last document only', () => {
    const list = 'Công văn số 66/VPUB-KSTTHC; Công văn số 1441/VPUB-KSTTHC của Văn phòng UBND tỉnh'
    expect(parseReferences(list).map(({ issuer }) => issuer)).toEqual([null, 'Văn phòng UBND tỉnh'])
  })

  it.each([
    ['66/NQ-CP', 'Chính phủ'],
    ['766/QĐ-TTg', 'Thủ tướng Chính phủ'],
    ['4660/VPCP-KSTT', 'Văn phòng Chính phủ'],
    ['198/2025/QH15', 'Quốc hội'],
    ['03/QĐ-BCĐCP', null],
  ])('of %s is told by a national symbol alone', (number, issuer) => {
    expect(only(number).issuer).toBe(issuer)
  })
})
