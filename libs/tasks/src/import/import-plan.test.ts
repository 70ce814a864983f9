import { beforeEach, describe, expect, it } from '@jest/globals'
import { codes, fields, ImportLab } from './import-plan.test-support.js'
import { section, task, type Cells } from './plan-row.test-support.js'

const plan5 = 'Kế hoạch số 5/KH-STP ngày 09/01/2025'
const plan6 = 'Kế hoạch số 6/KH-STP ngày 10/01/2025'
const report9 = 'Báo cáo số 9/BC-STP ngày 01/7/2025'
const done = (...documents: string[]): string => `Đã hoàn thành (${documents.join('; ')})`

const kept = { acceptChanges: true }
const unknownAgencies = ['agency-unknown', 'agency-unknown']

let lab: ImportLab
beforeEach(() => {
  lab = new ImportLab()
})

const further = (product: string, over: Cells = {}): Cells => ({ product, deadline: 'Năm 2025', ...over })
const report = further('Báo cáo', { note: done(report9) })

describe('a product that the file has and the record has not', () => {
  const before = [section(), task('1', { note: done(plan5) }), report]
  const inserted = [section(), task('1', { note: done(plan5) }), further('Quyết định'), report]

  it('is added when it is accepted; those below it keep their numbers and documents', async () => {
    await lab.import(before)
    const asked = await lab.import(inserted)
    expect([asked.status, asked.differences]).toEqual([
      'changed',
      [{ code: 'CCHC2025-I-1', field: 'deliverables.3', before: null, after: 'Quyết định' }],
    ])
    const accepted = await lab.import(inserted, kept)
    expect([accepted.status, codes(accepted)]).toEqual(['imported', unknownAgencies])
    expect(await lab.deliverables('1')).toEqual([
      '1 | Kế hoạch | 5/KH-STP',
      '2 | Báo cáo | 9/BC-STP',
      '3 | Quyết định',
    ])
    const again = await lab.import(inserted)
    expect([again.status, again.recorded, again.differences]).toEqual(['unchanged', 0, []])
  })

  it('comes with its documents', async () => {
    await lab.import(before)
    const decision = further('Quyết định', { note: done('Quyết định số 8/QĐ-UBND ngày 02/02/2025') })
    await lab.import([section(), task('1', { note: done(plan5) }), decision, report], kept)
    expect((await lab.deliverables('1')).at(-1)).toBe('3 | Quyết định | 8/QĐ-UBND')
    expect((await lab.task('1')).status).toBe('completed')
  })

  it('takes no document of a note that stands on both of them', async () => {
    const note = done(plan5, plan6)
    await lab.import([section(), task('1', { note }), further('Kế hoạch chi tiết', { note })])
    const first = further('Kế hoạch kiểm tra', { note })
    await lab.import([section(), task('1', { note }), first, further('Kế hoạch chi tiết', { note })], kept)
    expect(await lab.deliverables('1')).toEqual([
      '1 | Kế hoạch | 5/KH-STP',
      '2 | Kế hoạch chi tiết | 6/KH-STP',
      '3 | Kế hoạch kiểm tra',
    ])
  })

  it('of a task that was withdrawn is told, and the file is not taken as entered', async () => {
    await lab.import(before)
    await lab.act('1', 'Reopen', { reason: 'Rà soát' })
    await lab.act('1', 'Withdraw', { reason: 'Trùng' })
    expect(codes(await lab.import(inserted, kept))).toContain('not-recorded')
    expect((await lab.import(inserted)).status).toBe('changed')
    await lab.act('1', 'Reopen', { reason: 'Thu hồi nhầm' })
    await lab.import(inserted, kept)
    expect(await lab.deliverables('1')).toHaveLength(3)
  })
})

describe('a product that the record has and the file has not', () => {
  it('is told, keeps what is recorded of it, and stays a difference', async () => {
    await lab.import([section(), task('1'), further('Quyết định'), report])
    const dropped = [section(), task('1'), report]
    expect(fields(await lab.import(dropped))).toEqual(['1 deliverables.2'])
    const accepted = await lab.import(dropped, kept)
    expect(accepted.warnings).toContainEqual(expect.objectContaining({ row: 3, code: 'product-not-in-file' }))
    expect(await lab.deliverables('1')).toEqual(['1 | Kế hoạch', '2 | Quyết định', '3 | Báo cáo | 9/BC-STP'])
    const again = await lab.import(dropped)
    expect([again.status, fields(again), codes(again)]).toEqual([
      'unresolved',
      ['1 deliverables.2'],
      ['product-not-in-file', ...unknownAgencies],
    ])
  })

  it('is no difference any more once it is taken out; a later one gets the next number', async () => {
    await lab.import([section(), task('1'), further('Quyết định'), report])
    const dropped = [section(), task('1'), report]
    await lab.import(dropped, kept)
    await lab.act('1', 'WithdrawDeliverable', {
      deliverableId: '2',
      decision: '12/QĐ-UBND',
      reason: 'Không còn trong kế hoạch',
    })
    expect((await lab.import(dropped)).status).toBe('unchanged')
    await lab.import([...dropped, further('Tờ trình')], kept)
    expect(await lab.deliverables('1')).toEqual(['1 | Kế hoạch', '3 | Báo cáo | 9/BC-STP', '4 | Tờ trình'])
  })

  it('is the same one under another name where nothing else is left to be it', async () => {
    await lab.import([section(), task('1'), report])
    await lab.import([section(), task('1', { product: 'Quyết định' }), report], kept)
    expect(await lab.deliverables('1')).toEqual(['1 | Quyết định', '2 | Báo cáo | 9/BC-STP'])
  })
})

describe('a note that changed', () => {
  const noted = (note: string): Cells[] => [section(), task('1', { note })]

  it('is what the record says from then on: a later file has no difference', async () => {
    await lab.import(noted('Đang thực hiện'))
    expect(fields(await lab.import(noted(done(plan5))))).toEqual(['1 deliverables.1.note'])
    await lab.import(noted(done(plan5)), kept)
    expect((await lab.task('1')).deliverables[0]).toMatchObject({ note: done(plan5), status: 'completed' })
    const later = await lab.import([...noted(done(plan5)), task('2')])
    expect([later.status, later.differences]).toEqual(['imported', []])
  })

  it('tells the documents that fell out of it, and a completion it no longer states', async () => {
    await lab.import(noted(done(plan5, plan6)))
    await lab.act('1', 'Issue', { deliverableId: '1', document: { number: '7/KH-STP', date: '2025-02-01' } })
    const asked = await lab.import(noted(done(plan6)))
    expect(codes(asked)).toContain('document-not-in-note')
    const accepted = await lab.import(noted(`Đang thực hiện (${plan6})`), kept)
    expect(accepted.warnings.filter(({ code }) => code.endsWith('-not-in-note'))).toMatchObject([
      { row: 3, code: 'document-not-in-note', message: { en: expect.stringContaining('5/KH-STP') } },
      { row: 3, code: 'completion-not-in-note' },
    ])
    expect(await lab.deliverables('1')).toEqual(['1 | Kế hoạch | 5/KH-STP | 6/KH-STP | 7/KH-STP'])
  })
})

describe('a plan is told as unchanged', () => {
  const titled = (title: string): Cells[] => [section(), task('1', { title })]

  it('only where the file is what stands on record, whichever was imported before', async () => {
    for (const title of ['A', 'B', 'A']) await lab.import(titled(title), kept)
    expect((await lab.import(titled('B'))).status).toBe('changed')
    await lab.import(titled('B'), kept)
    expect((await lab.task('1')).title).toBe('B')
    expect((await lab.import(titled('B'))).status).toBe('unchanged')
  })

  it('whatever officials have corrected since', async () => {
    await lab.import(titled('A'))
    const [first] = await lab.store.readStream('task-CCHC2025-I-1', { limit: 1 })
    const changes = [{ field: 'title', after: 'A của người sửa' }]
    await lab.act('1', 'Correct', { eventId: first!.id, reason: 'Nhập sai', changes })
    expect((await lab.import(titled('A'))).status).toBe('unchanged')
    expect((await lab.task('1')).title).toBe('A của người sửa')
  })

  it('not where a correction was refused', async () => {
    await lab.import(titled('A'))
    const long = titled('x'.repeat(4_001))
    expect(codes(await lab.import(long, kept))).toContain('not-recorded')
    expect((await lab.import(long)).status).toBe('changed')
  })

  it('not where a document was refused; it is entered as soon as it is taken', async () => {
    await lab.import(titled('A'))
    await lab.act('1', 'Withdraw', { reason: 'Trùng' })
    const noted = [section(), task('1', { title: 'A', note: done(plan5) })]
    await lab.import(noted, kept)
    const again = await lab.import(noted)
    expect([again.status, codes(again)[0]]).toEqual(['unresolved', 'not-recorded'])
    await lab.act('1', 'Reopen', { reason: 'Thu hồi nhầm' })
    expect((await lab.import(noted)).status).toBe('imported')
    expect(await lab.deliverables('1')).toEqual(['1 | Kế hoạch | 5/KH-STP'])
    expect((await lab.import(noted)).status).toBe('unchanged')
  })

  it('not where a task is gone from it', async () => {
    await lab.import([section(), task('1'), task('2')])
    await lab.import([section(), task('1')], kept)
    expect((await lab.import([section(), task('1')])).status).toBe('unresolved')
    await lab.act('2', 'Withdraw', { reason: 'Không còn trong kế hoạch' })
    expect((await lab.import([section(), task('1')])).status).toBe('unchanged')
  })
})

describe('a file that differs in very much', () => {
  const many = (count: number, title: string): Cells[] => [
    section(),
    ...Array.from({ length: count }, (_none, index) => task(String(index + 1), { title })),
  ]

  it('is told as far as one reads, with the count of all; no task is gone that is there', async () => {
    await lab.import(many(520, 'A'))
    const changed = [...many(510, 'B'), ...many(520, 'A').slice(511, 515)]
    const report = await lab.import(changed, { dryRun: true })
    expect([report.differences.length, report.differenceCount]).toEqual([500, 516])
    expect(codes(report).filter((code) => code === 'task-not-in-file')).toHaveLength(6)
  })

  it('says how many warnings there are', async () => {
    const report = await lab.import(many(300, 'A'), { dryRun: true })
    expect([report.warnings.length, report.warningCount]).toEqual([500, 600])
  })

  it('within one task is corrected whole', async () => {
    const products = Array.from({ length: 60 }, (_none, index) => further(`Sản phẩm ${index}`))
    await lab.import([section(), task('1'), ...products])
    const noted = products.map((cells) => ({ ...cells, note: 'Đang thực hiện' }))
    await lab.import([section(), task('1'), ...noted], kept)
    expect((await lab.import([section(), task('1'), ...noted])).status).toBe('unchanged')
    expect((await lab.task('1')).deliverables.at(-1)!.note).toBe('Đang thực hiện')
  })
})
