import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { ingestOn } from '../ingest/ingest.test-support.js'
import { ingestLines } from '../ingest/ingest-lines.js'
import type { LineOutcome } from '../ingest/line-outcome.js'
import { messageTableLines } from './message-table.js'
import { isoMoment, yesOrNo } from './vietnamese-cells.js'

const file = (text: string) => ({ bytes: Buffer.from(text) })

async function linesOf(text: string): Promise<unknown[]> {
  const lines: unknown[] = []
  for await (const { number, text: line } of messageTableLines(file(text), 'mcdt'))
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
      const run = ingestLines(parts, messageTableLines(file(table), 'mcdt'))
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
