import type { LocalDate } from '#calendar'

/** Who issues a document, when and where, and who signs it: what is the same for every kind. */
export interface Letterhead {
  /** Cơ quan, tổ chức chủ quản trực tiếp (Mục II, khoản 2); null where there is none. */
  readonly parentAgency: string | null
  readonly agency: string
  /** Null while the clerk has not given one: a dotted gap is left (khoản 3). */
  readonly number: string | null
  /** `BC-UBND`. */
  readonly symbol: string
  /** Địa danh (khoản 4 điểm a). */
  readonly place: string
  /** Null leaves a dotted gap. */
  readonly date: LocalDate | null
  /** After "Lưu:", `VT, KSTTHC` (khoản 9 điểm d). */
  readonly archive: string
  readonly signature: Signature
  /** The instant that the properties of the file name as its making, `2026-04-15T02:30:00Z`. */
  readonly createdAt: string
}

/**
 * An administrative document as Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I lays it out, as plain data. Punctuation
 * that the decree prescribes at the end of grounds, addressees and recipients is put by the writer, capitals too.
 */
export interface OfficialDocument extends Letterhead {
  /** Tên loại, `Báo cáo`; null for a công văn, whose subject stands under its number after "V/v" (khoản 5). */
  readonly kind: string | null
  /** Trích yếu nội dung; null for forms that have none. */
  readonly subject: string | null
  /** Kính gửi (khoản 9 điểm d). */
  readonly addressees?: readonly string[]
  /** Căn cứ ban hành (khoản 6 điểm a). */
  readonly grounds?: readonly string[]
  readonly body: readonly Block[]
  /** Nơi nhận, without the line of the archive (khoản 9). */
  readonly recipients: readonly string[]
  /** Small print under a line at the very end; the decree knows no such part and forbids none. */
  readonly foot?: readonly string[]
}

/** Chức vụ, họ tên của người ký (khoản 7). */
export interface Signature {
  /** Quyền hạn của người ký, each on a line of its own: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH". */
  readonly authority?: readonly { readonly as: 'TM.' | 'Q.' | 'KT.' | 'TL.' | 'TUQ.'; readonly of: string }[]
  /** Null where the line above says it: "Q. CHỦ TỊCH". */
  readonly position: string | null
  /** Null leaves room for the name. */
  readonly name: string | null
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Số thứ tự và tiêu đề của khoản: bold, on a line of its own. */
  | { readonly kind: 'heading'; readonly text: string }
  /** In italics, a size smaller: what explains a table. */
  | { readonly kind: 'note'; readonly text: string }
  | DocumentTable

export interface DocumentTable {
  readonly kind: 'table'
  readonly columns: readonly DocumentColumn[]
  readonly rows: readonly (readonly string[])[]
  /** The last row, in bold. */
  readonly total?: readonly string[]
}

export interface DocumentColumn {
  readonly heading: string
  /** Share of the width of the text, in relation to the other columns. */
  readonly width: number
  readonly align?: 'left' | 'center' | 'right'
}
