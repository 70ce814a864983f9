import { formatVietnameseDate, type LocalDate } from '#calendar'
import type { Refusal, Text } from '#kernel'
import type { ImportWarning, ImportWarningCode } from './interpreted-plan.js'

/** Cells can be pages long; a message quotes as much as one needs to find the place. */
const maxQuote = 120

const columnNames: Readonly<Record<string, string>> = {
  stt: 'STT',
  title: 'Nội dung',
  product: 'Sản phẩm',
  lead: 'Cơ quan chủ trì',
  coordinate: 'Cơ quan phối hợp',
  deadline: 'Thời gian',
  note: 'Ghi chú',
}

/** What a person is told about a row; each says what to check or do. The wording is the same for every import. */
export const warnings = {
  columnUnknown: (row: number, heading: string) =>
    warning(row, 'column-unknown', {
      vi: `Chưa nhận ra cột "${quote(heading)}"; nội dung được giữ nguyên văn nhưng không được đọc. Đề nghị đổi tên cột nếu cần.`,
      en: `The column "${quote(heading)}" is not recognised; its text is kept but not read. Rename it if it should be.`,
    }),
  columnMissing: (row: number, column: string) =>
    warning(row, 'column-missing', {
      vi: `Bảng không có cột "${columnNames[column] ?? column}". Đề nghị kiểm tra tên các cột.`,
      en: `The table has no column "${column}". Check the headings.`,
    }),
  malformedRow: (row: number, stt: string) =>
    warning(row, 'malformed-row', {
      vi: `Dòng này${stt === '' ? '' : ` (STT "${quote(stt)}")`} không đọc được thành nhiệm vụ và đã được bỏ qua. Đề nghị đối chiếu bản gốc, bổ sung nội dung hoặc xóa dòng.`,
      en: `This row${stt === '' ? '' : ` (number "${quote(stt)}")`} cannot be read as a task and was left out. Check the original, then fill the row in or delete it.`,
    }),
  sttSkipped: (row: number, missing: string) =>
    warning(row, 'stt-skipped', {
      vi: `Thiếu số thứ tự ${missing} trước dòng này. Đề nghị kiểm tra xem có sót nhiệm vụ không.`,
      en: `Number ${missing} is missing before this row. Check whether a task was left out.`,
    }),
  sttRepeated: (row: number, stt: string, code: string) =>
    warning(row, 'stt-repeated', {
      vi: `Số thứ tự ${stt} bị lặp trong cùng một mục. Nhiệm vụ được cấp mã ${code}; đề nghị đối chiếu bản gốc.`,
      en: `Number ${stt} comes again in the same section. The task got the code ${code}; check the original.`,
    }),
  sttDecreasing: (row: number, stt: string, before: number) =>
    warning(row, 'stt-decreasing', {
      vi: `Số thứ tự ${stt} đứng sau số ${before}. Đề nghị kiểm tra thứ tự các dòng.`,
      en: `Number ${stt} stands after ${before}. Check the order of the rows.`,
    }),
  taskBeforeSection: (row: number) =>
    warning(row, 'task-before-section', {
      vi: 'Nhiệm vụ đứng trước mục có số La Mã đầu tiên, được xếp vào mục "0". Đề nghị bổ sung dòng tên mục nếu bị thiếu.',
      en: 'The task stands before the first section with a Roman number and was put in section "0". Add the heading if it is missing.',
    }),
  sectionRepeated: (row: number, id: string, given: string) =>
    warning(row, 'section-repeated', {
      vi: `Mục ${id} xuất hiện hai lần; lần này được ghi là mục ${given}. Đề nghị kiểm tra số của mục.`,
      en: `Section ${id} comes twice; this one is kept as ${given}. Check the number of the section.`,
    }),
  sectionWithOtherCells: (row: number, id: string) =>
    warning(row, 'section-with-other-cells', {
      vi: `Dòng tên mục ${id} có nội dung ở các cột khác; nội dung này không được nhập. Nếu đây là nhiệm vụ, đề nghị đánh số bằng chữ số Ả Rập.`,
      en: `The heading of section ${id} has text in other columns, which was not imported. If it is a task, number it with Arabic digits.`,
    }),
  continuationWithOtherCells: (row: number) =>
    warning(row, 'continuation-with-other-cells', {
      vi: 'Dòng không có số thứ tự được hiểu là sản phẩm tiếp theo của nhiệm vụ phía trên, nhưng có nội dung hoặc cơ quan khác. Nếu là nhiệm vụ riêng, đề nghị bổ sung số thứ tự.',
      en: 'A row without a number is read as a further product of the task above, but it names another content or agency. If it is a task of its own, give it a number.',
    }),
  titleMissing: (row: number) =>
    warning(row, 'title-missing', {
      vi: 'Chưa ghi nội dung nhiệm vụ; tạm lấy tên sản phẩm. Đề nghị bổ sung.',
      en: 'The task has no content; the product stands in for it. Fill it in.',
    }),
  productMissing: (row: number) =>
    warning(row, 'product-missing', {
      vi: 'Chưa ghi sản phẩm; tạm lấy nội dung nhiệm vụ. Đề nghị bổ sung để rõ kết quả.',
      en: 'No product is given; the content of the task stands in for it. Fill it in so that the result is clear.',
    }),
  leadMissing: (row: number) =>
    warning(row, 'lead-missing', {
      vi: 'Chưa ghi cơ quan chủ trì. Đề nghị bổ sung để rõ trách nhiệm.',
      en: 'No lead agency is given. Fill it in so that the responsibility is clear.',
    }),
  agencyUnknown: (row: number, name: string) =>
    warning(row, 'agency-unknown', {
      vi: `Chưa có cơ quan "${quote(name)}" trong danh mục vào ngày của kế hoạch. Đề nghị kiểm tra tên, hoặc bổ sung danh mục bằng lệnh roviec agency-change.`,
      en: `The registry knows no agency "${quote(name)}" on the day of the plan. Check the name, or add it to the registry by roviec agency-change.`,
    }),
  agencyAmbiguous: (row: number, name: string) =>
    warning(row, 'agency-ambiguous', {
      vi: `Tên "${quote(name)}" có thể là nhiều cơ quan. Đề nghị ghi rõ tên đầy đủ.`,
      en: `"${quote(name)}" may be several agencies. Give the full name.`,
    }),
  deadlineMissing: (row: number) =>
    warning(row, 'deadline-missing', {
      vi: 'Chưa ghi thời gian hoàn thành; sản phẩm được theo dõi ở nhóm không thời hạn.',
      en: 'No deadline is given; the product is followed as one without a deadline.',
    }),
  deadlineNotUnderstood: (row: number, raw: string) =>
    warning(row, 'deadline-not-understood', {
      vi: `Chưa hiểu thời hạn "${quote(raw)}"; sản phẩm được theo dõi ở nhóm không thời hạn. Đề nghị nhập thời hạn cụ thể.`,
      en: `The deadline "${quote(raw)}" is not understood; the product is followed as one without a deadline. Enter the day.`,
    }),
  evidenceBeforePlan: (row: number, document: string, date: LocalDate, plan: LocalDate) =>
    warning(row, 'evidence-before-plan', {
      vi: `Văn bản ${quote(document)} ban hành ngày ${formatVietnameseDate(date)}, trước kỳ của kế hoạch (từ ${formatVietnameseDate(plan)}). Vẫn được ghi nhận; đề nghị đối chiếu.`,
      en: `${quote(document)} of ${date} is older than the plan (from ${plan}). It is recorded; check it.`,
    }),
  evidenceOtherKind: (row: number, document: string, product: string) =>
    warning(row, 'evidence-other-kind', {
      vi: `Văn bản ${quote(document)} khác loại với sản phẩm "${quote(product)}". Vẫn được ghi nhận; đề nghị đối chiếu.`,
      en: `${quote(document)} is of another kind than the product "${quote(product)}". It is recorded; check it.`,
    }),
  evidenceNotTaken: (row: number, document: string) =>
    warning(row, 'evidence-not-taken', {
      vi: `Ghi chú nêu văn bản ${quote(document)} nhưng không ghi "Đã hoàn thành" hay "Đã ban hành", nên chưa ghi nhận. Đề nghị cập nhật nếu sản phẩm đã có.`,
      en: `The note cites ${quote(document)} without saying that the product is done, so it was not taken as evidence. Enter it if it is.`,
    }),
  declaredCountDiffers: (declared: number, found: number) =>
    warning(null, 'declared-count-differs', {
      vi: `Văn bản ghi ${declared} nhiệm vụ nhưng bảng có ${found}. Đề nghị đối chiếu bản gốc.`,
      en: `The document declares ${declared} tasks; the table has ${found}. Check the original.`,
    }),
  taskNotInFile: (code: string) =>
    warning(null, 'task-not-in-file', {
      vi: `Nhiệm vụ ${code} có trong dữ liệu đã ghi nhưng không có trong tệp. Nếu nhiệm vụ không còn, thực hiện thao tác Withdraw; dữ liệu chưa thay đổi.`,
      en: `Task ${code} is on record but not in the file. If it no longer stands, Withdraw it; the record is unchanged.`,
    }),
  productNotInFile: (row: number, code: string, product: string) =>
    warning(row, 'product-not-in-file', {
      vi: `Sản phẩm ${code} "${quote(product)}" có trong dữ liệu đã ghi nhưng không có trong tệp. Sản phẩm vẫn được theo dõi, dữ liệu chưa thay đổi; đề nghị đối chiếu bản gốc, nếu không còn phải thực hiện thì thực hiện thao tác WithdrawDeliverable.`,
      en: `The product ${code} "${quote(product)}" is on record but not in the file. It is still followed, the record is unchanged; check the original, and use WithdrawDeliverable if it is no longer asked for.`,
    }),
  documentNotInNote: (row: number, code: string, document: string) =>
    warning(row, 'document-not-in-note', {
      vi: `Ghi chú trong tệp không còn nêu văn bản ${quote(document)} của sản phẩm ${code}. Văn bản vẫn được giữ; nếu đã ghi nhầm, thực hiện thao tác Correct.`,
      en: `The note in the file no longer cites ${quote(document)} of the product ${code}. The document is kept; Correct it if it was entered wrong.`,
    }),
  completionNotInNote: (row: number, code: string) =>
    warning(row, 'completion-not-in-note', {
      vi: `Sản phẩm ${code} đã ghi nhận hoàn thành theo ghi chú, nhưng ghi chú trong tệp không còn ghi như vậy. Vẫn tính là hoàn thành; nếu chưa xong, thực hiện thao tác Reopen.`,
      en: `The product ${code} was completed by its note, and the note in the file no longer says so. It stays completed; Reopen it if it is not done.`,
    }),
} as const

/** A task or the plan was read and the record did not take it: the reason, at the row it stands on. */
export function importWarningOf(row: number | null, refusal: Refusal): ImportWarning {
  return warning(row, 'not-recorded', refusal.text)
}

export function warning(row: number | null, code: ImportWarningCode, message: Text): ImportWarning {
  return { row, code, message }
}

function quote(text: string): string {
  const line = text.replaceAll('\n', ' ')
  return line.length > maxQuote ? `${line.slice(0, maxQuote)}…` : line
}
