import { describe, expect, it } from '@jest/globals'
import { apologyLetter, rateReport, writeDocx } from './index.js'
import { letter, report } from './official-document.fixture.js'
import { paragraphsOf, partOf, rowsOf } from './written-file.test-support.js'

const written = async (changes: Partial<typeof letter> = {}) =>
  (await paragraphsOf(await writeDocx(apologyLetter({ ...letter, ...changes })))).map(({ text }) => text)

describe('a letter of apology', () => {
  it('says what was late, why, and when the result will be there', async () => {
    const texts = await written()
    expect(texts.slice(4, 14)).toEqual([
      'Số: ………/PXL-STP',
      'Sơn La, ngày 12 tháng 3 năm 2025',
      'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
      'Kính gửi: Ông Lò Văn A',
      'Ngày 15 tháng 01 năm 2025, Sở Tư pháp tiếp nhận hồ sơ đề nghị giải quyết thủ tục hành chính “Cấp Phiếu lý lịch tư pháp” của Ông/Bà/Tổ chức; mã số hồ sơ: 000.00.00.H52-250115-0001.',
      'Thời gian hẹn trả kết quả: 16 giờ 30 phút, ngày 10 tháng 3 năm 2025.',
      'Tuy nhiên đến nay, Sở Tư pháp chưa trả kết quả giải quyết hồ sơ của Ông/Bà/Tổ chức đúng thời hạn ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Lý do: chờ kết quả xác minh của cơ quan phối hợp.',
      'Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà/Tổ chức.',
      'Sở Tư pháp xin lỗi Ông/Bà/Tổ chức và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà/Tổ chức vào ngày 20 tháng 3 năm 2025, tại Trung tâm Phục vụ hành chính công tỉnh Sơn La.',
      'Mong nhận được sự thông cảm của Ông/Bà/Tổ chức vì sự chậm trễ này./.',
    ])
    expect(texts.slice(14)).toEqual([
      'Nơi nhận:',
      '- Như trên;',
      '- Trung tâm Phục vụ hành chính công tỉnh Sơn La;',
      '- Lưu: VT.',
      'GIÁM ĐỐC',
      'Nguyễn Thị B',
      'Mã sự kiện: 0b7f9a52-3a51-5f3e-9b1e-0d4f6a7c8e90',
      `Dấu vân tay SHA-256: ${'ab'.repeat(32)}`,
    ])
  })

  it('leaves room for a name under seal', async () => {
    expect((await written({ applicant: { open: true } }))[7]).toMatch(/^Kính gửi: Ông\/Bà\/Tổ chức …+$/)
    const texts = await written({ applicant: { sealed: true } })
    expect(texts[7]).toMatch(/^Kính gửi: …+ \(họ tên được bảo mật\)$/)
  })

  it('does not claim a delay before the appointment', async () => {
    expect((await written({ date: '2025-03-09' }))[10]).toContain(
      'Tuy nhiên, Sở Tư pháp không thể trả kết quả',
    )
    expect((await written({ date: '2025-03-10' }))[10]).toContain('không thể trả')
    expect((await written({ date: '2025-03-11' }))[10]).toContain('đến nay, Sở Tư pháp chưa trả')
  })

  it('names nobody in the properties of the file', async () => {
    const core = await partOf(await writeDocx(apologyLetter(letter)), 'docProps/core.xml')
    expect(core).not.toContain('Lò Văn A')
  })

  it('is refused without a proper digest', () => {
    for (const digest of ['', 'AB'.repeat(32), 'ab'.repeat(31)])
      expect(() => apologyLetter({ ...letter, record: { ...letter.record, digest } })).toThrow(
        /64 lower-case/,
      )
  })
})

describe('a report of a rate', () => {
  const tableOf = async (changes: Partial<typeof report> = {}) =>
    (await rowsOf(await writeDocx(rateReport({ ...report, ...changes }))))[1]!

  it('shows counts, percentages and their totals', async () => {
    expect(await tableOf()).toEqual([
      ['STT', 'Cơ quan', 'Đúng hạn', 'Phải giải quyết', 'Tỷ lệ'],
      ['1', 'Sở Tư pháp', '1.234', '1.296', '95,22 %'],
      ['2', 'UBND xã Chiềng Ban', '0', '0', 'không có'],
      ['3', 'UBND phường Tô Hiệu', '1', '800', '0,13 %'],
      ['', 'Tổng cộng', '1.235', '2.096', '58,92 %'],
    ])
    expect((await tableOf({ total: { numerator: 1234, denominator: 2000 } })).at(-1)).toEqual([
      '',
      'Tổng cộng',
      '1.234',
      '2.000',
      '61,70 %',
    ])
    expect((await tableOf({ rows: [] })).slice(1)).toEqual([['', 'Tổng cộng', '0', '0', 'không có']])
  })

  it('says period, cut-off, formula and source', async () => {
    const texts = (
      await paragraphsOf(await writeDocx(rateReport({ ...report, notes: ['Ghi chú thêm.'] })))
    ).map(({ text }) => text)
    expect(texts).toEqual(
      expect.arrayContaining([
        'BÁO CÁO',
        'Tỷ lệ giải quyết hồ sơ đúng hạn',
        'Kỳ báo cáo: từ ngày 15/12/2024 đến hết ngày 09/12/2025.',
        'Số liệu tính đến vị trí 120456 của nhật ký sự kiện, chốt lúc 14:05:09 ngày 12/12/2025.',
        'Công thức: qd766-2.1; nguồn: Quyết định số 766/QĐ-TTg ngày 23/6/2022.',
        'Tỷ lệ làm tròn đến hai chữ số thập phân, nửa đơn vị làm tròn lên; “không có” là khi mẫu số bằng 0.',
        'Ghi chú thêm.',
      ]),
    )
  })
})
