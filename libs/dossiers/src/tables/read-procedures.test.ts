import { describe, expect, it } from '@jest/globals'
import { readProcedures } from './read-procedures.js'

async function read(headings: string, ...rows: string[]) {
  const unread: string[] = []
  const told: unknown[] = []
  const bytes = Buffer.from([headings, ...rows].join('\n'))
  for await (const { data, problem } of readProcedures({ bytes }, (names) => unread.push(...names)))
    told.push(problem === null ? data : problem.code)
  return { told, unread }
}

describe('the time of a procedure', () => {
  it.each([
    ['Thời hạn (ngày)', '15', 'calendar-day'],
    ['Thời hạn giải quyết (ngày làm việc)', '15', 'working-day'],
    ['THỜI HẠN (tính theo ngày làm việc)', '15', 'working-day'],
    ['Thời gian giải quyết (Tháng)', '15', 'month'],
    ['Thời hạn (giờ làm việc)', '15', 'working-hour'],
    ['Thời hạn (ngày)', '15 ngày làm việc', 'working-day'],
  ])('under “%s”, %s is in %ss', async (heading, cell, unit) => {
    expect((await read(`Mã thủ tục,${heading}`, `1.001,${cell}`)).told).toMatchObject([{ time: 15, unit }])
  })

  it('takes its unit from a column of units before the heading', async () => {
    const { told } = await read(
      'Mã thủ tục,Thời hạn (ngày làm việc),Đơn vị tính',
      '1.001,15,ngày',
      '1.002,15,',
      '1.003,15,tuần',
      '1.004,"0,5",ngày làm việc',
    )
    expect(told).toMatchObject([
      { time: 15, unit: 'calendar-day' },
      { time: 15, unit: 'working-day' },
      'time-unread',
      { time: 0.5, unit: 'working-day' },
    ])
  })

  it('without any unit is not guessed, nor that of a step', async () => {
    expect((await read('Mã thủ tục,Thời hạn', '1.001,15')).told).toEqual(['time-unread'])
    const steps = (heading: string) =>
      read(`Mã thủ tục,Thời hạn,${heading}`, '1.001,15 ngày,"Một cửa: 0,5; Sở: 8"')
    expect((await steps('Các bước')).told).toEqual(['steps-unread'])
    expect((await steps('Các bước (ngày làm việc)')).told).toMatchObject([
      { unit: 'calendar-day', steps: [{ time: 0.5, unit: 'working-day' }, { time: 8 }] },
    ])
  })
})

describe('the headings of procedures', () => {
  it('that nobody reads are told, two that stand for the same are refused', async () => {
    expect((await read('STT,Mã TTHC,Thời hạn,Phí', '1,1.001,5 ngày,0')).unread).toEqual(['STT', 'Phí'])
    await expect(
      read('Mã thủ tục,Thời hạn,Thời gian giải quyết', '1.001,5 ngày,6 ngày'),
    ).rejects.toMatchObject({
      code: 'table-heading-repeated',
      details: { headings: ['Thời hạn', 'Thời gian giải quyết'] },
    })
  })
})
