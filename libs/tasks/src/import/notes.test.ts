import { describe, expect, it } from '@jest/globals'
import { evidence, interpret, section, task, told } from './plan-row.test-support.js'

const done = (...documents: string[]): string => `Đã hoàn thành (${documents.join('; ')})`
const plan5 = 'Kế hoạch số 5/KH-STP ngày 09/01/2025 của Sở Tư pháp'
const report9 = 'Báo cáo số 9/BC-STP ngày 01/7/2025'
const letter7 = 'Công văn số 7/STP-VP ngày 10/02/2025'

describe('notes', () => {
  it('completes what it stands on, with its documents in listed order', async () => {
    const older = 'Kế hoạch số 4/KH-STP ngày 08/01/2025'
    const plan = await interpret([section(), task('1', { note: done(plan5, older) })])
    expect(evidence(plan)).toEqual(['I-1.1 x 5/KH-STP 4/KH-STP'])
    expect(plan.tasks[0]!.deliverables[0]!.evidence[0]).toMatchObject({
      kind: 'Kế hoạch',
      typeCode: 'KH',
      number: '5/KH-STP',
      date: '2025-01-09',
    })
    expect(plan.warnings).toEqual([])
  })

  it('spreads the documents of a note that stands on several rows over their products', async () => {
    const note = done(plan5, 'Phiếu khảo sát theo quy định', report9)
    const plan = await interpret([
      section(),
      task('1', { note }),
      { product: 'Phiếu khảo sát', deadline: 'Năm 2025', note: note.normalize('NFD') },
      { product: 'Báo cáo kết quả', deadline: 'Năm 2025', note: note.replaceAll(' ', '  ') },
    ])
    expect(evidence(plan)).toEqual(['I-1.1 x 5/KH-STP', 'I-1.2 x', 'I-1.3 x 9/BC-STP'])
    expect(plan.warnings).toEqual([])
  })

  it('spreads them over the products of one cell likewise', async () => {
    const plan = await interpret([
      section(),
      task('1', {
        product: 'Báo cáo định kỳ theo quy định; Giấy chứng nhận đăng ký đầu tư',
        note: done(report9),
      }),
      task('2', { product: '- Quyết định\n- Kế hoạch\n- Báo cáo', note: done(report9, plan5) }),
    ])
    expect(evidence(plan)).toEqual([
      'I-1.1 x 9/BC-STP',
      'I-1.2 x',
      'I-2.1 x',
      'I-2.2 x 5/KH-STP',
      'I-2.3 x 9/BC-STP',
    ])
  })

  it('gives a document of a kind nobody promised to the first product of the note, and tells', async () => {
    const note = done(plan5, letter7)
    const plan = await interpret([
      section(),
      task('1', { note }),
      { product: 'Báo cáo kết quả', deadline: 'Năm 2025', note },
    ])
    expect(evidence(plan)).toEqual(['I-1.1 x 5/KH-STP 7/STP-VP', 'I-1.2 x'])
    expect(told(plan)).toEqual(['3 evidence-other-kind'])
  })

  it('does not count a document again that stands under its own product of the task', async () => {
    const plan = await interpret([
      section(),
      task('1', { note: done(plan5) }),
      { product: 'Báo cáo kết quả', deadline: 'Năm 2025', note: done(plan5, report9) },
    ])
    expect(evidence(plan)).toEqual(['I-1.1 x 5/KH-STP', 'I-1.2 x 9/BC-STP'])
    expect(plan.warnings).toEqual([])
  })

  it('keeps notes of different tasks apart', async () => {
    const note = done(plan5)
    const plan = await interpret([section(), task('1', { note }), task('2', { note })])
    expect(evidence(plan)).toEqual(['I-1.1 x 5/KH-STP', 'I-2.1 x 5/KH-STP'])
  })

  it('completes nothing where the note does not say so, and tells the documents it left', async () => {
    const plan = await interpret([
      section(),
      task('1', { note: `Đang tham mưu; ${letter7}` }),
      task('2', { note: 'Chưa hoàn thành' }),
    ])
    expect(evidence(plan)).toEqual(['I-1.1', 'I-2.1'])
    expect(told(plan)).toEqual(['3 evidence-not-taken'])
  })

  it.each([
    ['2024-12-20', []],
    ['2025-01-02', ['3 evidence-before-plan']],
    ['2025-07-15', ['3 evidence-before-plan']],
    [null, ['3 evidence-before-plan']],
  ])('with a plan of %s tells evidence of 27/12/2024: %j', async (planDate, expected) => {
    const note = done('Kế hoạch số 2819/KH-UBND ngày 27 tháng 12 năm 2024', plan5)
    expect(told(await interpret([section(), task('1', { note })], { planDate }))).toEqual(expected)
  })

  it('tells misprinted dates and keeps the document', async () => {
    const plan = await interpret([
      section(),
      task('1', { note: done('Kế hoạch số 5/KH-STP ngày 31/02/2025') }),
      task('2', { title: 'Triển khai Nghị quyết số 99/NQ-CP ngày 03/10/217 của Chính phủ' }),
      task('3', { deadline: 'Theo quy định tại Thông tư 02/2017/TT-VPCP ngày 31/10/2027' }),
    ])
    expect(told(plan)).toEqual(['3 implausible-date', '4 implausible-date', '5 implausible-date'])
    expect(evidence(plan)[0]).toBe('I-1.1 x 5/KH-STP')
    expect(plan.tasks[0]!.deliverables[0]!.evidence[0]!.date).toBeNull()
  })
})
