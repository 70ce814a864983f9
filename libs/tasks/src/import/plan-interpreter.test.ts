import { describe, expect, it } from '@jest/globals'
import { PlanInterpreter } from './plan-interpreter.js'
import { cchc2025, interpret, products, rowsOf, section, task, told } from './plan-row.test-support.js'

describe('rows', () => {
  it('opens sections, gives tasks their codes, continues a task without STT', async () => {
    const plan = await interpret([
      section('I'),
      task('1'),
      { product: 'Báo cáo', deadline: 'Tháng 12/2025' },
      section('II', 'CẢI CÁCH TỔ CHỨC'),
      task('1'),
    ])
    expect(plan.sections).toEqual([
      { id: 'I', title: 'CẢI CÁCH THỂ CHẾ', row: 2 },
      { id: 'II', title: 'CẢI CÁCH TỔ CHỨC', row: 5 },
    ])
    expect(products(plan)).toEqual(['I-1.1 Kế hoạch', 'I-1.2 Báo cáo', 'II-1.1 Kế hoạch'])
    expect(plan.tasks[0]).toMatchObject({ code: 'CCHC2025-I-1', section: 'I', stt: '1', row: 3 })
    expect(plan.tasks[0]!.deliverables.map(({ row }) => row)).toEqual([3, 4])
    expect(plan.warnings).toEqual([])
  })

  it('lets a further row inherit nothing but the task', async () => {
    const plan = await interpret([
      section(),
      task('1', { note: 'Đã hoàn thành (Kế hoạch số 5/KH-UBND ngày 09/01/2025)' }),
      { product: 'Báo cáo' },
    ])
    expect(plan.tasks[0]!.deliverables[1]).toMatchObject({
      deadlineRaw: null,
      note: null,
      status: null,
      evidence: [],
      deadline: { type: 'none' },
    })
    expect(told(plan)).toEqual(['4 deadline-missing'])
  })

  it('keeps every original cell verbatim', async () => {
    const [heading, first, second] = rowsOf(section(), task('01.', { title: '  Nhiệm\nvụ ' }), {
      product: '- Báo cáo.',
    })
    const interpreter = new PlanInterpreter(cchc2025)
    for (const row of [heading!, first!, second!]) interpreter.push(row)
    const { tasks } = interpreter.finish()
    expect(tasks[0]).toMatchObject({
      stt: '1',
      title: 'Nhiệm vụ',
      cells: [first!.original, second!.original],
    })
  })

  it('reports a number without anything else, and gives what follows to nobody', async () => {
    const plan = await interpret([section(), task('1'), { stt: '2' }, { product: 'Báo cáo' }, task('3')])
    expect(products(plan)).toEqual(['I-1.1 Kế hoạch', 'I-3.1 Kế hoạch'])
    expect(told(plan)).toEqual(['4 malformed-row', '5 malformed-row'])
  })

  it('reports a row without number, content and product', async () => {
    const plan = await interpret([
      section(),
      task('1'),
      { note: 'Đã hoàn thành' },
      { product: 'Báo cáo', deadline: 'Quý I' },
    ])
    expect(products(plan)).toEqual(['I-1.1 Kế hoạch', 'I-1.2 Báo cáo'])
    expect(told(plan)).toEqual(['4 malformed-row'])
  })

  it('passes over blank rows, repeated headings and the line of column numbers', async () => {
    const blank = { stt: ' ', title: '\u00a0' }
    const heading = { stt: 'STT', title: 'Nội dung', product: 'Sản phẩm' }
    const numbers = { stt: '(1)', title: '(2)', product: '(3)', lead: '(4)' }
    const plan = await interpret([
      numbers,
      section(),
      task('1'),
      blank,
      heading,
      numbers,
      { product: 'Báo cáo', deadline: 'Quý I' },
    ])
    expect(products(plan)).toEqual(['I-1.1 Kế hoạch', 'I-1.2 Báo cáo'])
    expect(plan.warnings).toEqual([])
  })

  it('reports a label it cannot read', async () => {
    const plan = await interpret([section(), task('1'), { stt: 'Phụ lục này có 72 nhiệm vụ./.' }])
    expect(told(plan)).toEqual(['4 malformed-row'])
  })

  it('tells a further row that names another content or agency', async () => {
    const plan = await interpret([
      section(),
      task('1'),
      { product: 'Báo cáo', deadline: 'Quý I', lead: 'Sở Nội vụ' },
      { product: 'Quyết định', deadline: 'Quý I', lead: 'Sở Tư  pháp' },
    ])
    expect(told(plan)).toEqual(['4 continuation-with-other-cells'])
    expect(plan.tasks[0]!.leadCell).toBe('Sở Tư pháp')
  })
})

describe('labels', () => {
  it('keeps codes unique where an STT is repeated', async () => {
    const plan = await interpret([section(), task('5'), task('5'), task('05.')])
    expect(plan.tasks.map(({ code }) => code)).toEqual(['CCHC2025-I-5', 'CCHC2025-I-5:2', 'CCHC2025-I-5:3'])
    expect(told(plan)).toEqual(['3 stt-skipped', '4 stt-repeated', '5 stt-repeated'])
  })

  it('keeps codes unique where a section comes twice', async () => {
    const plan = await interpret([section('II'), task('1'), section('II'), task('1')])
    expect(plan.tasks.map(({ code }) => code)).toEqual(['CCHC2025-II-1', 'CCHC2025-II:2-1'])
    expect(plan.sections.map(({ id }) => id)).toEqual(['II', 'II:2'])
    expect(told(plan)).toEqual(['4 section-repeated'])
  })

  it('puts tasks before any section into section 0, told once', async () => {
    const plan = await interpret([task('1'), task('2'), section('I'), task('1')])
    expect(plan.tasks.map(({ code }) => code)).toEqual(['CCHC2025-0-1', 'CCHC2025-0-2', 'CCHC2025-I-1'])
    expect(plan.sections[0]).toEqual({ id: '0', title: '', row: 2 })
    expect(told(plan)).toEqual(['2 task-before-section'])
  })

  it('reads a heading merged over the row', async () => {
    const merged = 'II. CẢI CÁCH THỂ CHẾ'
    const spread = { stt: merged, title: merged, product: merged, deadline: merged }
    const repeated = { stt: 'III', title: 'TÀI CHÍNH', product: 'TÀI CHÍNH', lead: 'TÀI CHÍNH' }
    const plan = await interpret([spread, repeated])
    expect(plan.sections.map(({ id, title }) => [id, title])).toEqual([
      ['II', 'CẢI CÁCH THỂ CHẾ'],
      ['III', 'TÀI CHÍNH'],
    ])
    expect(plan.warnings).toEqual([])
  })

  it('tells a heading with text in other columns', async () => {
    const plan = await interpret([{ ...section('I'), lead: 'Sở Nội vụ' }])
    expect(told(plan)).toEqual(['2 section-with-other-cells'])
  })

  it.each(['CCHC-2025', '', 'CCHC 2025', '../x'])('refuses the plan code %j', (plan) => {
    expect(() => new PlanInterpreter({ ...cchc2025, plan })).toThrow(
      expect.objectContaining({ code: 'plan-code-invalid' }),
    )
  })
})

describe('what is missing', () => {
  it('lets content and product stand in for each other, and tells', async () => {
    const plan = await interpret([section(), task('1', { title: '' }), task('2', { product: ' - ' })])
    expect(plan.tasks.map(({ title, deliverables }) => [title, deliverables[0]!.product])).toEqual([
      ['Kế hoạch', 'Kế hoạch'],
      ['Nhiệm vụ 2', 'Nhiệm vụ 2'],
    ])
    expect(told(plan)).toEqual(['3 title-missing', '4 product-missing'])
  })

  it('tells a missing lead, and a deadline that is missing or not understood', async () => {
    const plan = await interpret([
      section(),
      task('1', { lead: '', deadline: '' }),
      task('2', { deadline: 'xem phụ lục kèm theo' }),
    ])
    expect(told(plan)).toEqual(['3 lead-missing', '3 deadline-missing', '4 deadline-not-understood'])
    expect(plan.tasks[1]!.deliverables[0]!.deadlineRaw).toBe('xem phụ lục kèm theo')
  })

  it('tells agencies that the registry does not know or cannot tell apart', async () => {
    const status = (name: string) =>
      name === 'Sở Nội vụ'
        ? 'found'
        : name.startsWith('Các')
          ? 'collective'
          : name === 'Sở X'
            ? 'unknown'
            : 'ambiguous'
    const plan = await interpret(
      [section(), task('1', { lead: 'Sở Nội vụ; Sở X', coordinate: 'Các sở, ban, ngành; Văn phòng' })],
      { resolve: (name) => ({ status: status(name) }) },
    )
    expect(told(plan)).toEqual(['3 agency-unknown', '3 agency-ambiguous'])
    expect(plan.warnings[0]!.message.vi).toContain('Sở X')
  })

  it('compares the number of tasks with the one the document declares', async () => {
    expect(told(await interpret([section(), task('1')], { declared: 1 }))).toEqual([])
    const plan = await interpret([section(), task('1')], { declared: 2 })
    expect(told(plan)).toEqual(['- declared-count-differs'])
    expect(plan.warnings[0]!.message.vi).toBe(
      'Văn bản ghi 2 nhiệm vụ nhưng bảng có 1. Đề nghị đối chiếu bản gốc.',
    )
  })
})

describe('several products in a cell', () => {
  it('gives each the deadline and note of the row', async () => {
    const plan = await interpret([
      section(),
      task('1', { product: 'Kế hoạch; Báo cáo', deadline: 'Năm 2025', note: 'Đã hoàn thành' }),
    ])
    expect(plan.tasks[0]!.deliverables).toMatchObject(
      ['Kế hoạch', 'Báo cáo'].map((product) => ({
        product,
        deadlineRaw: 'Năm 2025',
        note: 'Đã hoàn thành',
        status: 'completed',
        deadline: { due: '2025-12-31' },
      })),
    )
  })

  it('gives each its own part where the time has one for each', async () => {
    const plan = await interpret([
      section(),
      task('1', {
        product: '- Kế hoạch của Chủ tịch UBND tỉnh;\n- Công văn hướng dẫn điều tra.',
        deadline: '- Kế hoạch (tháng 8/2025)\n- Công văn hướng dẫn điều tra (Quý IV/2025)',
      }),
    ])
    expect(plan.tasks[0]!.deliverables.map(({ deadline: { type, due } }) => [type, due])).toEqual([
      ['month', '2025-08-31'],
      ['quarter', '2025-12-31'],
    ])
    expect(plan.tasks[0]!.deliverables[0]!.deadlineRaw).toContain('tháng 8/2025')
    expect(plan.tasks[0]!.deliverables[0]!.deadlineRaw).not.toContain('Quý IV')
  })

  it('shares the whole cell where the parts do not count out', async () => {
    const deadline = '- Quý IV hàng năm\n- Báo cáo quý, 6 tháng và năm.'
    const plan = await interpret([
      section(),
      task('1', { product: '- Quyết định\n- Báo cáo\n- Văn bản, ...', deadline }),
    ])
    expect(plan.tasks[0]!.deliverables.map(({ deadlineRaw }) => deadlineRaw)).toEqual([
      deadline,
      deadline,
      deadline,
    ])
  })
})

describe('streaming', () => {
  it('gives a task out when the next one begins, and keeps none', () => {
    const interpreter = new PlanInterpreter(cchc2025)
    const steps = rowsOf(
      section(),
      task('1'),
      { product: 'Báo cáo', deadline: 'Quý I' },
      task('2'),
      section('II'),
    ).map((row) => interpreter.push(row).tasks.map(({ code }) => code))
    expect(steps).toEqual([[], [], [], ['CCHC2025-I-1'], ['CCHC2025-I-2']])
    expect(interpreter.finish()).toEqual({ sections: [], tasks: [], warnings: [] })
  })

  it('takes an asynchronous table of many rows', async () => {
    const interpreter = new PlanInterpreter({ ...cchc2025, declared: 50_000 })
    let found = 0
    interpreter.push(rowsOf(section())[0]!)
    for (let number = 1; number <= 50_000; number++) {
      const [row] = rowsOf(task(String(number)))
      const part = interpreter.push(row!)
      found += part.tasks.length
      if (part.tasks.length > 1 || part.warnings.length > 0) throw new Error(`row ${number} gave too much`)
    }
    expect(found + interpreter.finish().tasks.length).toBe(50_000)
  })

  it('takes no more rows into a task than a task may have deliverables', async () => {
    const further = Array.from({ length: 120 }, () => ({ product: 'Báo cáo', deadline: 'Quý I' }))
    const plan = await interpret([section(), task('1'), ...further])
    expect(plan.tasks[0]!.deliverables).toHaveLength(100)
    expect(told(plan).filter((code) => code.endsWith('malformed-row'))).toHaveLength(21)
  })
})
