import { openTables, type TableFile } from '#documents'
import { foldVietnamese, type JsonValue } from '#kernel'
import { parsePeriod, type Period } from '#calendar'
import { problem, type Problem } from '../evaluate/line-rejection.js'
import { headedRows, type HeadedRow, type Layout, type TellUnread } from './headed-rows.js'
import { isoMoment, yesOrNo } from './vietnamese-cells.js'

/** A row read: what `SetVersion` takes but for what the import says of all rows, or what is wrong with it. */
export interface ProcedureRow {
  readonly row: number
  readonly code: string
  readonly data: { readonly [member: string]: JsonValue }
  readonly problem: Problem | null
}

const headings = {
  code: /^(?:ma (?:so )?(?:thu tuc|tthc|ho so tthc)|ma)(?: hanh chinh)?$/,
  name: /^ten (?:thu tuc|tthc)(?: hanh chinh)?$/,
  field: /^linh vuc(?: thu tuc| giai quyet)?$/,
  time: /^(?:tong )?(?:thoi han|thoi gian)(?: giai quyet| thuc hien| quy dinh| theo quy dinh)*$/,
  unit: /^don vi(?: tinh)?(?: thoi (?:gian|han))?$/,
  validFrom: /^(?:ngay )?(?:co )?hieu luc(?: thi hanh)?(?: tu)?(?: ngay)?$/,
  supplement: /^(?:quy tac )?(?:sau )?bo sung(?: ho so)?$/,
  maxSupplements: /^so lan (?:yeu cau )?bo sung(?: toi da| ho so)*$/,
  feeStopsClock: /^(?:tam )?dung(?: khi)? cho (?:nop )?(?:phi|le phi|phi le phi)$/,
  lastHourRule: /^(?:quy tac )?gio (?:lam viec )?cuoi(?: ngay)?$/,
  steps: /^(?:cac )?buoc(?: giai quyet| xu ly| thuc hien)?$|^quy trinh(?: noi bo| giai quyet)*$/,
  document: /^(?:can cu|van ban|quyet dinh)(?: phap ly| cong bo| ban hanh)*$/,
  issuedOn: /^ngay (?:ban hanh|cong bo|quyet dinh)$/,
} as const

type Member = keyof typeof headings

const layout: Layout<Member> = {
  headings,
  needed: { code: 'Mã thủ tục', time: 'Thời hạn' },
  bracketsMatter: false,
}

/**
 * The rows of a table of procedures (CSV, XLSX, DOCX), in any order of columns.
 *
 * @throws RoviecError of the table reader, `table-headings-missing`, `table-heading-repeated`.
 */
export async function* readProcedures(file: TableFile, tellUnread: TellUnread): AsyncGenerator<ProcedureRow> {
  const { tables } = await openTables(file)
  for (const table of tables.filter(({ hidden }) => !hidden).slice(0, 1))
    for await (const row of headedRows(table, [layout], tellUnread)) yield rowOf(row)
}

function rowOf({ number, cells, headings: written }: HeadedRow<Member>): ProcedureRow {
  const code = cells.get('code') ?? ''
  const wrong = (what: Problem): ProcedureRow => ({ row: number, code, data: {}, problem: what })
  if (code === '') return wrong(missing('Mã thủ tục'))
  const within = timeOf(cells.get('time'), cells.get('unit') ?? unitIn(written.get('time')))
  if (within === null) return wrong(timeUnread)
  const steps = stepsOf(cells.get('steps') ?? '', unitIn(written.get('steps')))
  if (steps === null) return wrong(stepsUnread)
  const flags = { feeStopsClock: cells.get('feeStopsClock'), lastHourRule: cells.get('lastHourRule') }
  const read = Object.entries(flags).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, yesOrNo(text)] as const],
  )
  if (read.some(([, value]) => value === null)) return wrong(flagUnread)
  const supplement = supplementOf(cells.get('supplement'))
  if (supplement === null) return wrong(supplementUnread)
  const times = cells.get('maxSupplements')
  const data: Record<string, JsonValue> = { code, ...within, steps, ...Object.fromEntries(read) }
  for (const member of ['name', 'field', 'document'] as const) optional(data, member, cells.get(member))
  for (const member of ['validFrom', 'issuedOn'] as const) {
    const text = cells.get(member)
    optional(data, member, text === undefined ? undefined : isoMoment(text))
  }
  optional(data, 'supplement', supplement)
  optional(data, 'maxSupplements', times === undefined ? undefined : Number(times))
  return { row: number, code, data, problem: null }
}

function optional(data: Record<string, JsonValue>, name: string, value: JsonValue | undefined): void {
  if (value !== undefined) data[name] = value
}

/** "Thời hạn (ngày làm việc)": the unit of numbers that stand alone below; null where the heading names none. */
function unitIn(heading: string | undefined): string | null {
  const folded = foldVietnamese(heading ?? '')
  return /\((?:[^)]* )?((?:ngay|gio)(?: lam viec)?|thang|nam) ?\)/.exec(folded)?.[1] ?? null
}

/** A number alone takes its unit from a column or heading. Where none names it, it is not read: 15 days are not 15 working days. */
function timeOf(
  text: string | undefined,
  unit: string | null,
): { readonly time: number; readonly unit: string } | null {
  if (text === undefined) return null
  const isNumber = /^\d+([.,]\d+)?$/.test(text)
  if (isNumber && unit === null) return null
  try {
    return timeAndUnit(parsePeriod(isNumber ? `${text} ${unit}` : text))
  } catch {
    return null
  }
}

function timeAndUnit(period: Period): { readonly time: number; readonly unit: string } {
  switch (period.unit) {
    case 'same-day':
      return { time: 0, unit: 'working-day' }
    case 'working-days':
      return { time: period.amount, unit: 'working-day' }
    case 'half-days':
      return { time: period.amount / 2, unit: 'working-day' }
    case 'calendar-days':
      return { time: period.amount, unit: 'calendar-day' }
    case 'months':
      return { time: period.amount, unit: 'month' }
    case 'working-hours':
      return { time: period.milliseconds / 3_600_000, unit: 'working-hour' }
  }
}

/** "Bộ phận Một cửa: 0,5 ngày làm việc; Sở NN&MT: 8 ngày làm việc"; null where a step has no time. */
function stepsOf(text: string, unit: string | null): JsonValue[] | null {
  const steps: JsonValue[] = []
  for (const part of text.split(/[;\n]/).map((each) => each.trim())) {
    if (part === '') continue
    const [, agency = '', time = ''] = /^(?:\d+[.)]\s*)?(.+?)\s*:\s*([^:]+)$/.exec(part) ?? []
    const within = timeOf(time, unit)
    if (agency === '' || within === null) return null
    steps.push({ id: String(steps.length + 1), agency, ...within })
  }
  return steps
}

/** Undefined where the cell is empty, null where it says neither. */
function supplementOf(text: string | undefined): 'resume' | 'restart' | undefined | null {
  if (text === undefined) return undefined
  const folded = foldVietnamese(text)
  if (/^(resume|tinh tiep|tiep tuc)/.test(folded)) return 'resume'
  return /^(restart|tinh lai|tinh moi)/.test(folded) ? 'restart' : null
}

function missing(column: string): Problem {
  return problem(
    'cell-missing',
    `Thiếu “${column}”. Điền rồi nhập lại.`,
    `The cell “${column}” is empty. Fill it in and import again.`,
  )
}

const timeUnread = problem(
  'time-unread',
  'Không đọc được “Thời hạn”. Viết cả đơn vị: 10 ngày làm việc; 0,5 ngày làm việc; 8 giờ làm việc; 15 ngày; 1 tháng; trong ngày; hoặc ghi đơn vị ở tên cột, như “Thời hạn (ngày làm việc)”, hay ở cột “Đơn vị tính”.',
  'The time cannot be read. Write it with its unit: 10 ngày làm việc; 0,5 ngày làm việc; 8 giờ làm việc; 15 ngày; 1 tháng; trong ngày; or give the unit in the heading, as “Thời hạn (ngày làm việc)”, or in a column “Đơn vị tính”.',
)

const stepsUnread = problem(
  'steps-unread',
  'Không đọc được cột “Các bước”. Viết mỗi bước là “cơ quan: thời gian”, thời gian có đơn vị, cách nhau bằng dấu chấm phẩy.',
  'The steps cannot be read. Write each as “agency: time”, the time with its unit, separated by semicolons.',
)

const flagUnread = problem(
  'flag-unread',
  'Cột chỉ nhận “Có” hoặc “Không”. Sửa rồi nhập lại.',
  'The cell takes “Có” (yes) or “Không” (no). Correct it and import again.',
)

const supplementUnread = problem(
  'supplement-unread',
  'Cột “Bổ sung” chỉ nhận “tính tiếp” hoặc “tính lại”. Sửa rồi nhập lại.',
  'The cell takes “tính tiếp” (resume) or “tính lại” (restart). Correct it and import again.',
)
