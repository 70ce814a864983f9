import { openTables, type TableFile } from '#documents'
import { foldVietnamese, invalid } from '#kernel'
import { dossierMessageTypes, type DossierMessageType } from '../domain/dossier.message.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import { headedRows, type HeadedRow, type TellUnread } from './headed-rows.js'
import { factColumns, messageLayouts, type MessageMember } from './message-headings.js'
import { isoMoment } from './vietnamese-cells.js'

/**
 * The export of a one-stop system (CSV, XLSX) as lines of messages: either a row for each event ("Sự kiện", "Thời
 * điểm"), or a row for each dossier with a column for each date ("Ngày tiếp nhận", "Ngày có kết quả"). Facts of the
 * latter get ids of dossier and kind, so that an export brought in again repeats them. Line numbers are those of rows.
 * A heading is read as a whole: "Ngày trả kết quả dự kiến" is the appointment, "Ngày hoàn thành dự kiến" is nothing.
 *
 * @throws RoviecError of the table reader, `table-headings-missing`, `table-heading-repeated`.
 */
export async function* messageTableLines(
  file: TableFile,
  source: string,
  tellUnread: TellUnread,
): AsyncGenerator<InputLine> {
  const { tables } = await openTables(file)
  const table = tables.find(({ hidden }) => !hidden)
  if (table === undefined) throw noTable()
  for await (const row of headedRows(table, messageLayouts, tellUnread))
    for (const message of row.headings.has('type') ? [eventOf(row)] : factsOf(row))
      yield { number: row.number, text: JSON.stringify({ source, ...message }) }
}

type Message = Readonly<Record<string, unknown>>

function eventOf({ cells, number }: HeadedRow<MessageMember>): Message {
  const dossier = cells.get('dossier')
  const occurredAt = cells.get('occurredAt')
  const written = cells.get('type')
  const type = written === undefined ? undefined : typeOf(written)
  return {
    ...about(cells, type),
    id: cells.get('id') ?? `${dossier ?? `row ${number}`}/${type ?? ''}/${occurredAt ?? ''}`,
    type,
    occurredAt: occurredAt === undefined ? undefined : isoMoment(occurredAt),
  }
}

/** A row without any date says nothing: the line that it gives is refused for its missing type, by its number. */
function factsOf({ cells, number }: HeadedRow<MessageMember>): Message[] {
  const dossier = cells.get('dossier') ?? `row ${number}`
  const facts = factColumns.flatMap((type) => {
    const day = cells.get(type)
    if (day === undefined) return []
    return [{ ...about(cells, type), id: `${dossier}/${type}`, type, occurredAt: isoMoment(day) }]
  })
  return facts.length > 0 ? facts : [{ ...about(cells, undefined), id: `${dossier}/` }]
}

function about(cells: ReadonlyMap<MessageMember, string>, type: string | undefined): Message {
  const recorded = cells.get('recordedAtSource')
  const channel = cells.get('channel')
  return {
    dossier: cells.get('dossier'),
    procedure: cells.get('procedure'),
    agency: agencyOf(cells, type),
    step: cells.get('step'),
    ...(channel !== undefined && { channel: channelOf(channel) }),
    ...(recorded !== undefined && { recordedAtSource: isoMoment(recorded) }),
    ...promised(cells, type),
  }
}

/** What the one-stop unit does; the rest is done by whoever resolves the dossier. */
const atTheCounter = ['Submitted', 'Accepted', 'ResultReturned']

/** A table that has one column of agencies has it for both. */
function agencyOf(cells: ReadonlyMap<MessageMember, string>, type: string | undefined): string | undefined {
  const [counter, resolving] = [cells.get('agency'), cells.get('resolvingAgency')]
  return atTheCounter.includes(type ?? '') ? (counter ?? resolving) : (resolving ?? counter)
}

function promised(cells: ReadonlyMap<MessageMember, string>, type: string | undefined): Message {
  const member = type === 'Accepted' ? 'appointment' : type === 'ApologyIssued' ? 'newDate' : null
  const day = member === null ? undefined : cells.get(member)
  return day === undefined ? {} : { data: { [member!]: isoMoment(day).slice(0, 10) } }
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
