import { openTables, type TableFile } from '#documents'
import { foldVietnamese, invalid } from '#kernel'
import { dossierMessageTypes, type DossierMessageType } from '../domain/dossier.message.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import { headedRows, type HeadedRow, type Headings } from './headed-rows.js'
import { isoMoment } from './vietnamese-cells.js'

const headings = {
  dossier: /^(ma|so) (so )?(ho so|bien nhan)/,
  id: /^ma su kien/,
  type: /^(loai )?su kien/,
  occurredAt: /^(thoi diem|ngay|thoi gian)( xay ra| su kien)?$/,
  procedure: /^(ma )?(thu tuc|tthc)/,
  agency: /^(co quan|don vi)( tiep nhan| giai quyet| thuc hien)*$/,
  channel: /^(hinh thuc|kenh)( nop| tiep nhan)/,
  Submitted: /^(ngay|thoi diem) nop/,
  Accepted: /^(ngay|thoi diem) (tiep nhan|nhan ho so)/,
  appointment: /^(ngay|thoi diem) hen( tra)?/,
  SupplementRequested: /^(ngay|thoi diem) yeu cau bo sung/,
  Supplemented: /^(ngay|thoi diem) (da )?bo sung/,
  Resolved: /^(ngay|thoi diem) (co ket qua|giai quyet|hoan thanh)/,
  ResultReturned: /^(ngay|thoi diem) tra( ket qua)?/,
  Withdrawn: /^(ngay|thoi diem) (xin )?rut/,
  recordedAtSource: /^(ngay|thoi diem) (cap nhat|ghi nhan)/,
  step: /^buoc/,
} as const satisfies Headings<string>

type Member = keyof typeof headings

/** Columns that hold the day of a fact of the dossier of the row. */
const factColumns = [
  'Submitted',
  'Accepted',
  'SupplementRequested',
  'Supplemented',
  'Resolved',
  'ResultReturned',
  'Withdrawn',
] as const satisfies readonly (Member & DossierMessageType)[]

/**
 * The export of a one-stop system (CSV, XLSX) as lines of messages: either a row for each event ("Sự kiện", "Thời
 * điểm"), or a row for each dossier with a column for each date ("Ngày tiếp nhận", "Ngày có kết quả"). Facts of the
 * latter get ids of dossier and kind, so that an export brought in again repeats them. Line numbers are those of rows.
 *
 * @throws RoviecError of the table reader, or `table-headings-missing`.
 */
export async function* messageTableLines(file: TableFile, source: string): AsyncGenerator<InputLine> {
  const { tables } = await openTables(file)
  const table = tables.find(({ hidden }) => !hidden)
  if (table === undefined) throw noTable()
  for await (const row of headedRows<Member>(table, headings, ['dossier']))
    for (const message of row.cells.has('type') ? [eventOf(row)] : factsOf(row))
      yield { number: row.number, text: JSON.stringify({ source, ...message }) }
}

type Message = Readonly<Record<string, unknown>>

function eventOf({ cells, number }: HeadedRow<Member>): Message {
  const dossier = cells.get('dossier')
  const occurredAt = cells.get('occurredAt')
  const type = typeOf(cells.get('type')!)
  return {
    ...common(cells),
    id: cells.get('id') ?? `${dossier ?? `row ${number}`}/${type}/${occurredAt ?? ''}`,
    type,
    occurredAt: occurredAt === undefined ? undefined : isoMoment(occurredAt),
    ...appointment(cells),
  }
}

/** A row without any date says nothing: the line that it gives is refused for its missing type, by its number. */
function factsOf({ cells, number }: HeadedRow<Member>): Message[] {
  const dossier = cells.get('dossier') ?? `row ${number}`
  const facts = factColumns.flatMap((type) => {
    const day = cells.get(type)
    return day === undefined
      ? []
      : [
          {
            ...common(cells),
            id: `${dossier}/${type}`,
            type,
            occurredAt: isoMoment(day),
            ...(type === 'Accepted' && appointment(cells)),
          },
        ]
  })
  return facts.length > 0 ? facts : [{ ...common(cells), id: `${dossier}/` }]
}

function common(cells: ReadonlyMap<Member, string>): Message {
  const recorded = cells.get('recordedAtSource')
  const channel = cells.get('channel')
  return {
    dossier: cells.get('dossier'),
    procedure: cells.get('procedure'),
    agency: cells.get('agency'),
    step: cells.get('step'),
    ...(channel !== undefined && { channel: channelOf(channel) }),
    ...(recorded !== undefined && { recordedAtSource: isoMoment(recorded) }),
  }
}

function appointment(cells: ReadonlyMap<Member, string>): Message {
  const day = cells.get('appointment')
  return day === undefined ? {} : { data: { appointment: isoMoment(day).slice(0, 10) } }
}

/** As officials name them, without marks; the English names are taken as they are. */
const typeNames: Readonly<Record<string, DossierMessageType>> = {
  'nop ho so': 'Submitted',
  'tiep nhan': 'Accepted',
  'tu choi': 'Refused',
  'yeu cau bo sung': 'SupplementRequested',
  'bo sung': 'Supplemented',
  'yeu cau nop phi': 'FeeRequested',
  'da nop phi': 'FeePaid',
  'chuyen buoc': 'HandedOver',
  'chuyen xu ly': 'HandedOver',
  'co ket qua': 'Resolved',
  'tra ket qua': 'ResultReturned',
  'dung giai quyet': 'Stopped',
  'rut ho so': 'Withdrawn',
  'xin loi': 'ApologyIssued',
  'da gui xin loi': 'ApologyDelivered',
  'giai trinh': 'Explained',
  'chap nhan giai trinh': 'ExplanationAccepted',
  'khong chap nhan giai trinh': 'ExplanationRejected',
}

/** What is no kind of event stays as it is: the reader of lines names those it takes. */
function typeOf(text: string): string {
  const known = dossierMessageTypes.find((type) => type.toLowerCase() === text.trim().toLowerCase())
  return known ?? typeNames[foldVietnamese(text)] ?? text
}

/** What is none of the three stays as it is, for the reader of lines to refuse. */
function channelOf(text: string): string {
  const folded = foldVietnamese(text)
  if (folded.startsWith('truc tiep')) return 'direct'
  if (/truc tuyen|online|qua mang/.test(folded)) return 'online'
  return /buu chinh|buu dien/.test(folded) ? 'post' : text
}

function noTable(): Error {
  return invalid('table-missing', {
    vi: 'Tệp không có bảng nào. Chọn tệp xuất từ hệ thống một cửa.',
    en: 'The file has no table. Choose the export of the one-stop system.',
  })
}
