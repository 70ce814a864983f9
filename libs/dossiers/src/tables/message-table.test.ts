import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { ingestOn } from '../ingest/ingest.test-support.js'
import { ingestLines } from '../ingest/ingest-lines.js'
import type { LineOutcome } from '../ingest/line-outcome.js'
import { messageTableLines } from './message-table.js'
import { isoMoment, yesOrNo } from './vietnamese-cells.js'

const file = (text: string) => ({ bytes: Buffer.from(text) })

const nobody = (): void => undefined

/** What a table with one row for a dossier says of it, with the headings that were not read. */
async function readRow(headings: readonly string[], cells: readonly string[]) {
  const unread: string[] = []
  const said: string[] = []
  const text = [headings, cells].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')
  for await (const line of messageTableLines(file(text), 'mcdt', (told) => unread.push(...told))) {
    const { type, occurredAt, data } = JSON.parse(line.text!) as Record<string, unknown>
    said.push([type, occurredAt, ...Object.entries(data ?? {}).flat()].join(' '))
  }
  return { said, unread }
}

async function linesOf(text: string): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const { number, text: line } of messageTableLines(file(text), 'mcdt', nobody))
    lines.push([number, JSON.parse(line!)])
  return lines
}

describe('a table with a row for each event', () => {
  it('gives a message a row, named as officials do or as the record does', async () => {
    const lines = await linesOf(
      [
        'BÁO CÁO TÌNH HÌNH GIẢI QUYẾT HỒ SƠ,,,,,',
        'Mã hồ sơ,Mã sự kiện,Sự kiện,Thời điểm,Mã thủ tục,Cơ quan tiếp nhận,Ngày hẹn trả',
        'H52-1,e1,Tiếp nhận,15/04/2026 09:30,TT-10,Bộ phận Một cửa,04/05/2026',
        'H52-1,,Resolved,06/5/2026,,,',
      ].join('\n'),
    )
    expect(lines).toEqual([
      [
        3,
        {
          source: 'mcdt',
          dossier: 'H52-1',
          procedure: 'TT-10',
          agency: 'Bộ phận Một cửa',
          id: 'e1',
          type: 'Accepted',
          occurredAt: '2026-04-15T09:30:00',
          data: { appointment: '2026-05-04' },
        },
      ],
      [
        4,
        {
          source: 'mcdt',
          dossier: 'H52-1',
          id: 'H52-1/Resolved/06/5/2026',
          type: 'Resolved',
          occurredAt: '2026-05-06',
        },
      ],
    ])
  })
})

describe('a table with a row for each dossier', () => {
  const table = [
    'Số hồ sơ,Thủ tục,Hình thức nộp,Ngày nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Ngày trả kết quả',
    'H52-1,TT-10,Trực tuyến,14/04/2026,15/04/2026,04/05/2026,06/05/2026,07/05/2026',
    'H52-2,TT-10,Trực tiếp,,hôm qua,,,',
    'H52-3,TT-10,,,,,,',
  ].join('\n')

  it('gives a message for each date; what cannot be read is refused by row, and nothing else', async () => {
    const store = new InMemoryEventStore()
    const parts = await ingestOn('2026-05-08T00:00:00Z', store)
    const take = async (): Promise<string[]> => {
      const told: string[] = []
      const run = ingestLines(parts, messageTableLines(file(table), 'mcdt', nobody))
      for (let step = await run.next(); step.done !== true; step = await run.next())
        told.push(...step.value.map(shown))
      return told
    }
    expect(await take()).toEqual([
      '2 accepted',
      '2 accepted',
      '2 accepted',
      '2 accepted',
      '3 rejected date-invalid',
      '4 rejected field-missing',
    ])
    const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
    expect(state.messages.map(({ type, occurredAt }) => `${type} ${occurredAt}`)).toEqual([
      'Submitted 2026-04-14',
      'Accepted 2026-04-15',
      'Resolved 2026-05-06',
      'ResultReturned 2026-05-07',
    ])
    expect(state.messages[0]?.channel).toBe('online')
    // The export of the next day brings the same facts again.
    expect((await take()).slice(0, 4)).toEqual(['2 repeated', '2 repeated', '2 repeated', '2 repeated'])
  })

  it('without the column of codes is no such table', async () => {
    await expect(linesOf('Họ tên,Ngày nộp\nA,14/04/2026')).rejects.toMatchObject({
      code: 'table-headings-missing',
    })
  })
})

describe('a heading', () => {
  it.each([
    ['Ngày nộp', 'Submitted'],
    ['Thời gian nộp hồ sơ', 'Submitted'],
    ['Ngày tiếp nhận', 'Accepted'],
    ['NGÀY GIỜ TIẾP NHẬN HỒ SƠ (dd/mm/yyyy hh:mm)', 'Accepted'],
    ['Ngày nhận hồ sơ (4)', 'Accepted'],
    ['Ngày yêu cầu bổ sung', 'SupplementRequested'],
    ['Ngày bổ sung hồ sơ', 'Supplemented'],
    ['Ngày nhận hồ sơ bổ sung', 'Supplemented'],
    ['Ngày yêu cầu nộp phí, lệ phí', 'FeeRequested'],
    ['Ngày nộp phí', 'FeePaid'],
    ['Ngày đã nộp phí/lệ phí', 'FeePaid'],
    ['Ngày có kết quả', 'Resolved'],
    ['Ngày hoàn thành', 'Resolved'],
    ['Ngày kết thúc xử lý', 'Resolved'],
    ['Ngày trả', 'ResultReturned'],
    ['Ngày trả kết quả (thực tế)', 'ResultReturned'],
    ['Ngày thực tế trả kết quả', 'ResultReturned'],
    ['Ngày rút hồ sơ', 'Withdrawn'],
    ['Ngày từ chối', 'Refused'],
    ['Ngày dừng giải quyết', 'Stopped'],
    ['Ngày xin lỗi', 'ApologyIssued'],
    ['Ngày gửi văn bản xin lỗi', 'ApologyDelivered'],
    ['Ngày giải trình', 'Explained'],
    ['Ngày chấp nhận giải trình', 'ExplanationAccepted'],
    ['Ngày không chấp nhận giải trình', 'ExplanationRejected'],
  ])('“%s” is of %s', async (heading, type) => {
    expect(await readRow(['Mã hồ sơ', heading], ['H52-1', '15/04/2026'])).toEqual({
      said: [`${type} 2026-04-15`],
      unread: [],
    })
  })

  it.each([
    'Ngày hẹn trả kết quả',
    'Ngày trả kết quả dự kiến',
    'Ngày trả kết quả (dự kiến)',
    'Ngày dự kiến trả kết quả',
    'Ngày trả theo phiếu hẹn',
    'Hạn trả kết quả',
  ])('“%s” is of the appointment', async (heading) => {
    const row = await readRow(
      ['Mã hồ sơ', 'Ngày tiếp nhận', heading, 'Ngày trả kết quả'],
      ['H52-1', '15/04/2026', '04/05/2026', '06/05/2026'],
    )
    expect(row).toEqual({
      said: ['Accepted 2026-04-15 appointment 2026-05-04', 'ResultReturned 2026-05-06'],
      unread: [],
    })
  })

  it.each([
    'Ngày hoàn thành dự kiến',
    'Ngày giải quyết theo quy định',
    'Ngày trả kết quả theo quy định',
    'Ngày hoàn thành (kế hoạch)',
    'Thời gian giải quyết',
    'Hạn giải quyết',
    'Hạn bổ sung',
    'Ngày tạm dừng',
    'Ngày trả hồ sơ',
    'Ngày sinh',
    'Chủ hồ sơ',
    'Ngày tiếp nhận phản ánh',
    'Thời điểm',
  ])('“%s” is no fact, and is told as not read', async (heading) => {
    const row = await readRow(['Mã hồ sơ', 'Ngày tiếp nhận', heading], ['H52-1', '15/04/2026', '04/05/2026'])
    expect(row).toEqual({ said: ['Accepted 2026-04-15'], unread: [heading] })
  })

  it('of the day on which the apology puts the dossier off goes with the apology', async () => {
    const row = await readRow(
      ['Mã hồ sơ', 'Ngày xin lỗi', 'Ngày hẹn lại'],
      ['H52-1', '04/05/2026', '11/05/2026'],
    )
    expect(row.said).toEqual(['ApologyIssued 2026-05-04 newDate 2026-05-11'])
  })

  it('that stands for the same as another is refused with both named', async () => {
    await expect(
      readRow(['Mã hồ sơ', 'Ngày có kết quả', 'Ngày hoàn thành'], ['H52-1', '04/05/2026', '06/05/2026']),
    ).rejects.toMatchObject({
      code: 'table-heading-repeated',
      details: { headings: ['Ngày có kết quả', 'Ngày hoàn thành'] },
    })
  })

  it('of a date is not read in a table that has a row for each event', async () => {
    const row = await readRow(
      ['Mã hồ sơ', 'Sự kiện', 'Ngày', 'Ngày nộp'],
      ['H52-1', 'Tiếp nhận', '15/04/2026', '14/04/2026'],
    )
    expect(row).toEqual({ said: ['Accepted 2026-04-15'], unread: ['Ngày nộp'] })
  })

  it('of the agency that resolves is of what it does, and one alone of everything', async () => {
    const agencies = async (...headings: string[]) => {
      const lines: unknown[] = []
      const text = `Mã hồ sơ,Ngày tiếp nhận,Ngày có kết quả,${headings.join(',')}\nH52-1,15/04/2026,04/05/2026,Một cửa,Sở`
      for await (const line of messageTableLines(file(text), 'mcdt', nobody))
        lines.push((JSON.parse(line.text!) as { agency: string }).agency)
      return lines
    }
    expect(await agencies('Cơ quan tiếp nhận', 'Cơ quan giải quyết')).toEqual(['Một cửa', 'Sở'])
    expect(await agencies('Cơ quan tiếp nhận')).toEqual(['Một cửa', 'Một cửa'])
  })
})

function shown({ line, outcome, problem }: LineOutcome): string {
  return [line, outcome, ...(problem === null ? [] : [problem.code])].join(' ')
}

describe('cells', () => {
  it.each([
    ['15/04/2026', '2026-04-15'],
    ['5-4-2026', '2026-04-05'],
    ['15/04/2026 09:30', '2026-04-15T09:30:00'],
    ['15/04/2026 00:00:00', '2026-04-15'],
    ['09h30 ngày 15/04/2026', '2026-04-15T09:30:00'],
    ['2026-04-15 09:30:05', '2026-04-15T09:30:05'],
    ['2026-04-15T02:30:00Z', '2026-04-15T02:30:00Z'],
    ['30/02/2026', '30/02/2026'],
    ['quý I', 'quý I'],
  ])('of time: %s is %s', (text, moment) => {
    expect(isoMoment(text)).toBe(moment)
  })

  it.each([
    ['Có', true],
    ['x', true],
    ['KHÔNG', false],
    ['0', false],
    ['có thể', null],
  ])('of yes and no: %s is %s', (text, answer) => {
    expect(yesOrNo(text)).toBe(answer)
  })
})
