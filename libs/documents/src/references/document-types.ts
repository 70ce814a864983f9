import { foldVietnamese } from '#kernel'

interface DocumentType {
  readonly kind: string
  /** Abbreviation inside the symbol; null where the symbol names no type. */
  readonly code: string | null
  /** Other words by which officials name the same type. */
  readonly alsoCalled?: readonly string[]
}

/**
 * Types of documents (tên loại văn bản) and their abbreviations.
 *
 * Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III, mục I (administrative documents and copies); the numbering of
 * legal normative texts (Nghị định 34/2016/NĐ-CP, 78/2025/NĐ-CP: year between number and symbol; laws and
 * resolutions of Quốc hội carry the legislature, `QH15`, and no type); Hướng dẫn 36-HD/VPTW (Party texts).
 * The order matters where one code stands for two types: the first is taken unless the words name the second.
 */
const types = [
  { kind: 'Nghị quyết', code: 'NQ' },
  { kind: 'Quyết định', code: 'QĐ' },
  { kind: 'Chỉ thị', code: 'CT' },
  { kind: 'Quy chế', code: 'QC' },
  { kind: 'Quy định', code: 'QyĐ' },
  { kind: 'Thông cáo', code: 'TC' },
  { kind: 'Thông báo', code: 'TB' },
  { kind: 'Hướng dẫn', code: 'HD' },
  { kind: 'Chương trình', code: 'CTr', alsoCalled: ['Chương trình hành động'] },
  { kind: 'Kế hoạch', code: 'KH', alsoCalled: ['Kế hoạch hành động'] },
  { kind: 'Phương án', code: 'PA' },
  { kind: 'Đề án', code: 'ĐA' },
  { kind: 'Dự án', code: 'DA' },
  { kind: 'Báo cáo', code: 'BC' },
  { kind: 'Biên bản', code: 'BB' },
  { kind: 'Tờ trình', code: 'TTr' },
  { kind: 'Hợp đồng', code: 'HĐ' },
  { kind: 'Công điện', code: 'CĐ' },
  { kind: 'Bản ghi nhớ', code: 'BGN' },
  { kind: 'Bản thỏa thuận', code: 'BTT' },
  { kind: 'Giấy ủy quyền', code: 'GUQ' },
  { kind: 'Giấy mời', code: 'GM' },
  { kind: 'Giấy giới thiệu', code: 'GGT' },
  { kind: 'Giấy nghỉ phép', code: 'GNP' },
  { kind: 'Phiếu gửi', code: 'PG' },
  { kind: 'Phiếu chuyển', code: 'PC' },
  { kind: 'Phiếu báo', code: 'PB' },
  { kind: 'Bản sao y', code: 'SY' },
  { kind: 'Bản trích sao', code: 'TrS' },
  { kind: 'Bản sao lục', code: 'SL' },
  // Legal normative texts.
  { kind: 'Nghị định', code: 'NĐ' },
  { kind: 'Thông tư', code: 'TT' },
  { kind: 'Thông tư liên tịch', code: 'TTLT' },
  { kind: 'Nghị quyết liên tịch', code: 'NQLT' },
  { kind: 'Pháp lệnh', code: 'PL' },
  { kind: 'Lệnh', code: 'L' },
  { kind: 'Luật', code: null, alsoCalled: ['Bộ luật'] },
  { kind: 'Hiến pháp', code: null },
  // Party texts. `QĐ` is also a Quy định there ("Quy định số 429-QĐ/TU"), `TT` a Thông tri.
  { kind: 'Kết luận', code: 'KL' },
  { kind: 'Quy định', code: 'QĐi' },
  { kind: 'Quy định', code: 'QĐ' },
  { kind: 'Thông tri', code: 'TT' },
  // An official letter has no code in administration; the Party writes CV.
  { kind: 'Công văn', code: 'CV' },
] as const satisfies readonly DocumentType[]

export type DocumentKind = (typeof types)[number]['kind']

/** What an official letter (công văn) is called; its symbol starts with the agency instead of a type. */
export const officialLetter = 'Công văn' satisfies DocumentKind

const kindByWords = new Map<string, DocumentKind>()
const kindsByCode = new Map<string, DocumentKind[]>()
const codeByLooseCode = new Map<string, string>()

for (const type of types) {
  for (const words of [type.kind, ...('alsoCalled' in type ? type.alsoCalled : [])])
    kindByWords.set(foldVietnamese(words), type.kind)
  if (type.code === null) continue
  kindsByCode.set(type.code, [...(kindsByCode.get(type.code) ?? []), type.kind])
  codeByLooseCode.set(type.code.toUpperCase(), type.code)
}
// "QD-UBND", typed without diacritics, is a QĐ; "HD" and "DA" stay what they are.
for (const code of kindsByCode.keys()) {
  const typedWithoutDiacritics = code.toUpperCase().replaceAll('Đ', 'D')
  if (!codeByLooseCode.has(typedWithoutDiacritics)) codeByLooseCode.set(typedWithoutDiacritics, code)
}

/** Longest name of a type, in words: "nghị quyết liên tịch". */
export const maxKindWords = 4

/** The type named by these words, already folded; null where they name none. */
export function kindOfFoldedWords(folded: string): DocumentKind | null {
  return kindByWords.get(folded) ?? null
}

/** The code as the decree spells it, from any case and from text typed without diacritics: "qd" → "QĐ". */
export function typeCodeOf(segment: string): string | null {
  return codeByLooseCode.get(segment.toUpperCase()) ?? null
}

/** Types a code may stand for, the usual one first; empty for an unknown code. */
export function kindsOfCode(code: string): readonly DocumentKind[] {
  return kindsByCode.get(code) ?? []
}

/** Null for official letters and for laws, whose symbols carry no type. */
export function codeOfKind(kind: DocumentKind): string | null {
  if (kind === officialLetter) return null
  return types.find((type) => type.kind === kind)?.code ?? null
}
