import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Readable } from 'node:stream'
import { Command } from 'commander'
import { addCalendarCommands } from './calendar.commands.js'

let written: string
const { env, stdin } = process

beforeEach(() => {
  written = ''
  process.env = { ...env, ROVIEC_DATA_DIR: '/nowhere/roviec' }
  delete process.env['ROVIEC_DATABASE_URL']
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text)
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  process.env = env
  process.exitCode = undefined
  Object.defineProperty(process, 'stdin', { value: stdin, configurable: true })
})

async function roviec(...words: string[]): Promise<string> {
  const program = new Command('roviec').option('--json').exitOverride()
  addCalendarCommands(program)
  for (const command of program.commands)
    command
      .exitOverride()
      .option('--json')
      .configureOutput({ writeErr: () => undefined })
  await program.parseAsync(words, { from: 'user' })
  return written
}

async function roviecJson(...words: string[]): Promise<unknown> {
  return JSON.parse(await roviec(...words, '--json'))
}

function type(lines: string): void {
  Object.defineProperty(process, 'stdin', { value: Readable.from([lines]), configurable: true })
}

describe('roviec working-days', () => {
  it('counts the days after the first, to the end of the last', async () => {
    expect(await roviecJson('working-days', '2026-04-24', '2026-04-29')).toEqual({
      count: 2,
      days: ['2026-04-28', '2026-04-29'],
      calendarVersion: 'vn/7',
      provisional: false,
    })
  })

  it('counts the first as well when asked to', async () => {
    const days = ['2026-04-24', '2026-04-28']
    expect(await roviecJson('working-days', '2026-04-24', '2026-04-28', '--include-from')).toMatchObject({
      count: 2,
      days,
    })
  })

  it('says what it counted', async () => {
    expect(await roviec('working-days', '2026-12-30', '2027-01-01')).toBe(
      '1 ngày làm việc sau ngày 30/12/2026 đến hết ngày 01/01/2027.\n  31/12/2026 (thứ Năm)\nLịch làm việc phiên bản vn/7.\n',
    )
  })

  it.each([
    ['2026-04-24', '2026-04-23', 'range-reversed'],
    ['2026-04-24', '2026-04-31', 'date-invalid'],
    ['2026-04-24', '2028-01-01', 'calendar-year-unknown'],
    ['2020-04-24', '2026-01-01', 'calendar-year-unknown'],
  ])('%s %s is refused: %s', async (from, to, code) => {
    await expect(roviec('working-days', from, to)).rejects.toMatchObject({ code })
  })
})

describe('roviec is-working-day', () => {
  it('says why', async () => {
    expect(await roviecJson('is-working-day', '2025-05-02')).toMatchObject({
      working: false,
      why: 'nghỉ hoán đổi, làm bù ngày 26/04/2025',
      kind: 'swap',
      calendarVersion: 'vn/7',
      provisional: false,
    })
  })

  it('says that a year is not final', async () => {
    expect(await roviec('is-working-day', '2027-01-04')).toBe(
      '04/01/2027 (thứ Hai) là ngày làm việc.\nLịch nghỉ năm 2027 chưa chính thức; kết quả có thể thay đổi khi lịch được xác nhận.\nLịch làm việc phiên bản vn/7.\n',
    )
  })
})

describe('roviec calendar', () => {
  it('lists the days of a year with their sources', async () => {
    expect(await roviecJson('calendar', '2024')).toMatchObject({
      calendarVersion: 'vn/7',
      status: 'confirmed',
      days: expect.arrayContaining([
        expect.objectContaining({ date: '2024-05-04', kind: 'working-saturday', pairedWith: '2024-04-29' }),
      ]),
    })
    written = ''
    expect(await roviec('calendar', '2024')).toMatch(
      /04\/05\/2024 +thứ Bảy +làm bù thứ Bảy cho ngày 29\/04\/2024 +Công văn 2450\/VPCP-KGVX/,
    )
  })

  it('says which years there are', async () => {
    await expect(roviec('calendar', '2030')).rejects.toMatchObject({ code: 'calendar-year-unknown' })
  })
})

describe('roviec due', () => {
  it('explains day by day, in JSON and as a table', async () => {
    const words = ['due', '--from', '2026-04-15', '--within', '10 ngày làm việc']
    expect(await roviecJson(...words)).toMatchObject({
      due: '2026-05-04',
      dueDate: '2026-05-04',
      unrolled: '2026-05-04',
      calendarVersion: 'vn/7',
      provisional: false,
      explanation: expect.arrayContaining([
        { date: '2026-04-15', counted: false, why: 'ngày tiếp nhận, không tính' },
        { date: '2026-04-27', counted: false, why: 'nghỉ bù Giỗ Tổ Hùng Vương' },
        { date: '2026-05-04', counted: true, why: 'ngày làm việc thứ 10' },
      ]),
    })
    written = ''
    const text = await roviec(...words)
    expect(text).toContain('Thời hạn 10 ngày làm việc: đến hết ngày 04/05/2026 (thứ Hai).\n')
    expect(text).toMatch(/27\/04\/2026 +thứ Hai +không +nghỉ bù Giỗ Tổ Hùng Vương\n/)
  })

  it('takes the hours of the office and the rules of receipt', async () => {
    const asked = ['due', '--from', '2026-04-15T16:00', '--within', '8 giờ làm việc']
    expect(
      await roviecJson(...asked, '--hours', '08:00-12:00,13:00-17:00', '--last-hour-rule'),
    ).toMatchObject({
      due: '2026-04-16T17:00:00+07:00',
    })
  })

  it('is wrong usage without a period', async () => {
    await expect(roviec('due', '--from', '2026-04-15')).rejects.toMatchObject({ code: 'commander.error' })
  })

  it('answers line by line, and goes on after one that it cannot answer', async () => {
    type(
      '{"from":"2026-04-15","within":"15 ngày"}\nx\n{"from":"2026-04-15"}\n{"from":"2026-04-15","within":"1 tháng"}\n',
    )
    const answers = (await roviec('due', '-'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(answers).toMatchObject([
      { due: '2026-05-04', unrolled: '2026-04-30' },
      { error: { code: 'line-not-json' } },
      { error: { code: 'invalid-input' } },
      { due: '2026-05-15' },
    ])
    expect(process.exitCode).toBe(1)
  })
})
