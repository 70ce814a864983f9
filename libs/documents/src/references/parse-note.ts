import { tidyVietnamese } from '#kernel'
import type { DocumentReference } from './document-reference.js'
import { parseReferences } from './parse-references.js'

/** What a note (ghi chú) beside a product says. */
export interface ParsedNote {
  /** `completed` only where the note states it; anything else is for a person to read. */
  readonly status: 'completed' | null
  /** Documents cited as evidence, in order; not those named inside the title of another. */
  readonly references: DocumentReference[]
  /** The statement as written, "Đã hoàn thành Báo cáo 6 tháng"; null where the note makes none. */
  readonly statement: string | null
}

/**
 * Reads a note such as "Đã hoàn thành (Quyết định số 78/QĐ-UBND ngày 11/01/2025 của UBND tỉnh)". A statement that
 * is taken back or limited in the same note ("chưa", "đang", "dự thảo", "một phần", "80%") completes nothing: a
 * task wrongly open is seen and asked about, a task wrongly closed is not.
 */
export function parseNote(text: string): ParsedNote {
  const references = evidenceIn(text)
  const own = inClauses(wordsOfItsOwn(text, references))
  const states = statesCompletion.test(own)
  const completed = states && !takenBack.test(own) && !isPartial(own)
  return { status: completed ? 'completed' : null, references, statement: states ? statementOf(text) : null }
}

/** Lower case, line breaks of the cell as spaces, but those before a bullet or a new "Đã …" as ends of clauses. */
function inClauses(words: string): string {
  const clauses = words.normalize('NFC').replace(/\n\s{0,20}(?=[-+•]|Đã\s)/gu, ';')
  return tidyVietnamese(clauses).toLowerCase()
}

/** At the start of the note or of one of its clauses; "hoàn thành" alone only as the whole statement. */
const statesCompletion =
  /(?:^|[;.])[-+•\s]{0,20}(?:đã (?:được )?(?:hoàn thành|ban hành)(?!\p{L})|hoàn thành\s?(?:[(;.,]|$))/u
const takenBack = /(?<!\p{L})(?:chưa|đang|dự thảo|một phần|cơ bản|không hoàn thành|không ban hành)(?!\p{L})/u

function isPartial(own: string): boolean {
  return [...own.matchAll(/(?<!\d)(\d{1,3}(?:[.,]\d{1,2})?) ?%/gu)].some(
    ([, share = '']) => Number(share.replace(',', '.')) < 100,
  )
}

/** The note without its documents, their titles and brackets: what remains speaks about the work itself. */
function wordsOfItsOwn(text: string, references: readonly DocumentReference[]): string {
  let words = ''
  let at = 0
  for (const reference of references) {
    if (reference.start < at) continue
    words += text.slice(at, reference.start)
    at = endOfItem(text, reference.end)
  }
  return words + text.slice(at)
}

/** A cited document's title goes on until the list does. */
function endOfItem(text: string, from: number): number {
  const end = text.slice(from).search(/[;)\n]/)
  return end === -1 ? text.length : from + end
}

/** The first clause that states it, up to the documents it cites. */
function statementOf(text: string): string | null {
  const clauses = text.normalize('NFC').split(/[(:;]|\n\s{0,20}(?=[-+•]|Đã\s)/u)
  const clause = clauses.find((each) => statesCompletion.test(tidyVietnamese(each).toLowerCase())) ?? ''
  const [cited] = parseReferences(clause)
  const statement = tidyVietnamese(cited === undefined ? clause : clause.slice(0, cited.start))
  return statement.replace(/^[-+•\s]+|[\s.,]{1,20}$/gu, '') || null
}

function evidenceIn(text: string): DocumentReference[] {
  const evidence: DocumentReference[] = []
  for (const reference of parseReferences(text)) {
    const previous = evidence.at(-1)
    if (isListLevel(text, previous?.end ?? null, reference.start)) evidence.push(reference)
  }
  return evidence
}

/** Words that make what follows part of a title or a ground. */
const leadsInside =
  /(?<!\p{L})(?:về|thực hiện|triển khai|theo|căn cứ|sửa đổi|bổ sung|thay thế|quy định|hướng dẫn|phê duyệt|cụ thể hóa|cụ thể hoá)(?!\p{L})/u
const joinsItems = /^[\s,.+&/)(-]*(?:và|cùng|kèm theo)?[\s:-]*$/u
const itemMarks = [';', '(', '\n-', '\n+']
/** Longer words between two documents are a title: no need to read further back. */
const maxBetween = 500

/** Whether a document stands in the list itself and not inside the title of the one before it. */
function isListLevel(text: string, previousEnd: number | null, start: number): boolean {
  const from = Math.max(previousEnd ?? 0, start - maxBetween)
  const before = text.slice(from, start)
  const mark = Math.max(...itemMarks.map((each) => before.lastIndexOf(each)))
  const item = tidyVietnamese(before.slice(mark + 1)).toLowerCase()
  const opensItem = mark >= 0 || (previousEnd === null && from === 0)
  return opensItem ? !leadsInside.test(item) : previousEnd !== null && joinsItems.test(item)
}
