import { invalid, type RoviecError } from '#kernel'

/** Where in a workbook: never what stands there, which may be personal data. */
export interface CellPlace {
  readonly sheet: string
  /** Counted from 1 among the rows of data. */
  readonly row: number
  readonly column: string
}

export function figureInvalid(value: number): RoviecError {
  return invalid(
    'figure-invalid',
    {
      vi: `Số ${value} không dùng làm tử số hoặc mẫu số được: cần số nguyên từ 0 đến 100 tỷ. Đề nghị kiểm tra lại số liệu.`,
      en: `${value} cannot be a numerator or denominator: a whole number from 0 to 10^11 is needed. Check the figures.`,
    },
    { value: String(value) },
  )
}

export function sheetNameInvalid(name: string, reason: { vi: string; en: string }): RoviecError {
  return invalid(
    'sheet-name-invalid',
    {
      vi: `Tên trang tính “${name}” không dùng được: ${reason.vi}. Đề nghị đặt tên khác.`,
      en: `A sheet cannot be named “${name}”: ${reason.en}. Choose another name.`,
    },
    { name },
  )
}

export function workbookEmpty(): RoviecError {
  return invalid('workbook-empty', {
    vi: 'Bảng tính cần có ít nhất một trang tính. Đề nghị chọn số liệu cần xuất.',
    en: 'A workbook needs at least one sheet. Choose what to write.',
  })
}

export function workbookTooLarge(cells: number, limit: number): RoviecError {
  return invalid(
    'workbook-too-large',
    {
      vi: `Bảng tính có từ ${cells} ô trở lên, vượt giới hạn ${limit} ô. Đề nghị lọc bớt hoặc chia thành nhiều kỳ.`,
      en: `The workbook has ${cells} cells or more; the limit is ${limit}. Filter it or split it by period.`,
    },
    { cells, limit },
  )
}

export function sheetTooLong(sheet: string, limit: number): RoviecError {
  return invalid(
    'sheet-too-long',
    {
      vi: `Trang tính “${sheet}” có quá ${limit} dòng. Đề nghị lọc bớt hoặc chia thành nhiều trang tính.`,
      en: `The sheet “${sheet}” has more than ${limit} rows. Filter it or divide it into several sheets.`,
    },
    { sheet, limit },
  )
}

export function cellTooLong({ sheet, row, column }: CellPlace, length: number, limit: number): RoviecError {
  return invalid(
    'cell-too-long',
    {
      vi: `Ô ở dòng ${row}, cột “${column}” của trang tính “${sheet}” có ${length} ký tự; Excel chỉ nhận ${limit}. Đề nghị rút gọn nội dung.`,
      en: `The cell in row ${row}, column “${column}” of the sheet “${sheet}” has ${length} characters; Excel takes ${limit}. Shorten the text.`,
    },
    { sheet, row, column, length, limit },
  )
}

export function cellInvalid({ sheet, row, column }: CellPlace, type: string): RoviecError {
  return invalid(
    'cell-invalid',
    {
      vi: `Giá trị ở dòng ${row}, cột “${column}” của trang tính “${sheet}” không đúng kiểu ${type}. Đề nghị kiểm tra lại dữ liệu nguồn.`,
      en: `The value in row ${row}, column “${column}” of the sheet “${sheet}” is no ${type}. Check the data it comes from.`,
    },
    { sheet, row, column, type },
  )
}

/** @param where name of the sheet or table. */
export function rowWidthWrong(where: string, row: number, cells: number, columns: number): RoviecError {
  return invalid(
    'row-width-wrong',
    {
      vi: `Dòng ${row} của bảng “${where}” có ${cells} ô, trong khi bảng có ${columns} cột. Đề nghị kiểm tra lại dữ liệu nguồn.`,
      en: `Row ${row} of the table “${where}” has ${cells} cells; the table has ${columns} columns. Check the data it comes from.`,
    },
    { where, row, cells, columns },
  )
}

export function documentTooLong(rows: number, limit: number): RoviecError {
  return invalid(
    'document-too-long',
    {
      vi: `Bảng trong văn bản có ${rows} dòng, vượt giới hạn ${limit} dòng. Đề nghị xuất danh sách ra bảng tính (.xlsx) và dẫn chiếu đến đó.`,
      en: `A table of the document has ${rows} rows; the limit is ${limit}. Write the list as a workbook (.xlsx) and refer to it.`,
    },
    { rows, limit },
  )
}

export function instantInvalid(text: string): RoviecError {
  return invalid(
    'instant-invalid',
    {
      vi: `“${text}” không phải là thời điểm. Viết thời điểm kèm múi giờ, ví dụ 2026-04-15T02:30:00Z.`,
      en: `“${text}” is no instant. Write it with its offset, such as 2026-04-15T02:30:00Z.`,
    },
    { text },
  )
}

export function digestInvalid(digest: string): RoviecError {
  return invalid(
    'digest-invalid',
    {
      vi: 'Dấu vân tay SHA-256 cần đúng 64 chữ số thập lục phân viết thường. Đề nghị lấy lại từ nhật ký sự kiện.',
      en: 'A SHA-256 digest has 64 lower-case hexadecimal digits. Take it from the event log again.',
    },
    { digest },
  )
}
