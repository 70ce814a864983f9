import { invalid, notFound, RoviecError } from '#kernel'

export function fileEmpty(): RoviecError {
  return invalid('file-empty', {
    vi: 'Tệp không có nội dung. Đề nghị kiểm tra lại tệp rồi gửi lại.',
    en: 'The file is empty. Check it and send it again.',
  })
}

export function fileNotFound(cause: unknown): RoviecError {
  const { code = null } = cause as NodeJS.ErrnoException
  return notFound(
    'file-not-found',
    {
      vi: 'Không mở được tệp. Đề nghị kiểm tra đường dẫn và quyền đọc tệp.',
      en: 'The file cannot be opened. Check its path and whether it may be read.',
    },
    { code },
  )
}

export function fileTooLarge(bytes: number, limit: number): RoviecError {
  return invalid(
    'file-too-large',
    {
      vi: `Tệp có dung lượng ${megabytes(bytes).replace('.', ',')} MB, vượt giới hạn ${megabytes(limit).replace('.', ',')} MB. Đề nghị tách thành nhiều tệp nhỏ hơn rồi gửi lại.`,
      en: `The file has ${megabytes(bytes)} MB; the limit is ${megabytes(limit)} MB. Split it into smaller files and send them.`,
    },
    { bytes, limit },
  )
}

export function tableTooWide(column: number, limit: number): RoviecError {
  return invalid(
    'file-too-large',
    {
      vi: `Bảng có dữ liệu ở cột thứ ${column}, vượt giới hạn ${limit} cột. Đề nghị xóa các cột thừa bên phải rồi gửi lại.`,
      en: `The table has text in column ${column}; the limit is ${limit} columns. Delete the columns not needed and send it again.`,
    },
    { column, limit },
  )
}

export function tooManyCells(limit: number): RoviecError {
  return invalid(
    'file-too-large',
    {
      vi: `Các bảng trong tệp có quá nhiều ô (giới hạn ${limit}). Đề nghị tách thành nhiều tệp nhỏ hơn rồi gửi lại.`,
      en: `The tables of the file have too many cells (the limit is ${limit}). Split the file and send the parts.`,
    },
    { limit },
  )
}

/** @param seen headings of the most likely row, to show what was read. */
export function fileNotATable(seen: readonly string[] = []): RoviecError {
  const shown = seen.map((heading) => `"${heading}"`).join(', ')
  return invalid(
    'file-not-a-table',
    {
      vi: `Không tìm thấy bảng nhiệm vụ trong tệp${shown && ` (đã đọc: ${shown})`}. Bảng cần có dòng tiêu đề với cột "Nội dung" hoặc "Nhiệm vụ" và ít nhất hai trong các cột "STT", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Ghi chú". Đề nghị bổ sung dòng tiêu đề rồi gửi lại.`,
      en: `No table of tasks was found in the file${shown && ` (read: ${shown})`}. It needs a heading row with "Nội dung" or "Nhiệm vụ" and at least two of "STT", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Ghi chú". Add the headings and send it again.`,
    },
    { seen },
  )
}

export function zipBomb(part: string, bytes: number): RoviecError {
  return invalid(
    'zip-bomb',
    {
      vi: 'Nội dung nén trong tệp lớn bất thường so với dung lượng tệp nên không được mở để bảo đảm an toàn. Đề nghị mở tệp bằng Excel hoặc Word, lưu thành tệp mới rồi gửi lại.',
      en: 'What is packed in the file is far larger than the file itself, so it was not opened. Open it in Excel or Word, save it as a new file and send that.',
    },
    { part, bytes },
  )
}

export function fileDamaged(detail: string, cause?: unknown): RoviecError {
  return new RoviecError(
    'invalid',
    'file-damaged',
    {
      vi: `Tệp bị hỏng hoặc chưa được tải lên đầy đủ (${detail}). Đề nghị mở tệp gốc, lưu lại rồi gửi lại.`,
      en: `The file is damaged or incomplete (${detail}). Open the original, save it again and send that.`,
    },
    { detail },
    { cause },
  )
}

export function quoteNotClosed(record: number, cause: unknown): RoviecError {
  return new RoviecError(
    'invalid',
    'file-damaged',
    {
      vi: `Từ dòng ${record} của tệp CSV có dấu ngoặc kép mở mà không đóng. Đề nghị sửa dấu ngoặc kép hoặc lưu lại bảng dưới dạng .xlsx rồi gửi lại.`,
      en: `A quote opened in or after record ${record} of the CSV file is never closed. Correct the quote, or save the table as .xlsx, and send it again.`,
    },
    { record },
    { cause },
  )
}

export function fileEncrypted(): RoviecError {
  return invalid('file-encrypted', {
    vi: 'Tệp được đặt mật khẩu nên không đọc được. Đề nghị bỏ mật khẩu rồi gửi lại.',
    en: 'The file is protected by a password and cannot be read. Remove the password and send it again.',
  })
}

/** @param found what the file seems to be, such as "PDF". */
export function fileFormatUnknown(found: string | null): RoviecError {
  const is = found === null ? { vi: '', en: '' } : { vi: ` (tệp ${found})`, en: ` (${found})` }
  return invalid(
    'file-format-unknown',
    {
      vi: `Không đọc được định dạng của tệp${is.vi}. Đề nghị mở tệp bằng Excel hoặc Word, chọn "Lưu thành" (Save As) dạng .xlsx, .docx hoặc .csv rồi gửi lại.`,
      en: `The format of the file cannot be read${is.en}. Open it in Excel or Word, save it as .xlsx, .docx or .csv and send that.`,
    },
    { found },
  )
}

function megabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(1).replace(/\.0$/, '')
}
