/**
 * The syllables the grammar knows. Vietnamese writes one syllable a word, so every term ("chậm nhất",
 * "định kỳ") is a sequence of these. What is not listed is a word without meaning here.
 */
// oxfmt-ignore
const known = [
  // units, in the order in which an unaccented spelling is resolved
  'tháng', 'quý', 'năm', 'ngày', 'tuần', 'kỳ', 'giai', 'đoạn', 'thời', 'gian', 'hạn', 'cùng', 'học',
  // limits and connectors
  'trước', 'chậm', 'muộn', 'nhất', 'hơn', 'là', 'đến', 'tới', 'hết', 'trong', 'vào', 'từ', 'kể', 'và',
  'hoặc', 'hay', 'đầu', 'giữa', 'cuối', 'nay', 'sau', 'này', 'tiếp', 'nửa', 'tính', 'của', 'cho',
  // frequency
  'hàng', 'mỗi', 'từng', 'định', 'lần', 'đột', 'xuất', 'thường', 'xuyên', 'liên', 'tục', 'thực', 'một',
  'hai', 'ba', 'tư', 'bốn', 'sáu', 'bảy', 'tám', 'chín', 'mười', 'không', 'quá',
  // events and rules
  'khi', 'có', 'nếu', 'được', 'phát', 'sinh', 'cần', 'ngay', 'vòng', 'kế', 'hoạch', 'theo', 'đúng', 'quy',
  'lộ', 'trình', 'tiến', 'độ', 'yêu', 'cầu', 'chỉ', 'đạo', 'hướng', 'dẫn', 'để', 'trừ', 'trường', 'hợp',
  'làm', 'việc', 'ký', 'hiệu', 'lực', 'niên', 'nhiệm', 'khóa', 'khoá',
  // names of documents and programmes
  'quyết', 'báo', 'cáo', 'công', 'văn', 'bản', 'tờ', 'nghị', 'chương', 'thị', 'đề', 'án', 'dự', 'thảo',
  'thông', 'luật', 'bộ', 'hiến', 'lệnh', 'chiến', 'lược', 'chính', 'sách', 'kết',
  'quả', 'luận', 'điện', 'số', 'liệu', 'chế', 'tầm', 'nhìn', 'so', 'với',
  // goals and acts
  'phấn', 'đấu', 'hoàn', 'thành', 'mục', 'tiêu', 'đạt', 'ra', 'bảo', 'đảm', 'duy', 'trì', 'xong', 'gửi',
  'nộp', 'ban', 'hành', 'đã', 'triển', 'khai', 'tổ', 'chức', 'sơ', 'tổng', 'kiến', 'khoảng', 'điểm',
  // budget terms and checks
  'chi', 'phí', 'tiết', 'nhánh', 'hội', 'cục', 'kiểm', 'tra', 'thanh', 'tối', 'thứ', 'hiện',
  'tại', 'về', 'nhằm', 'bố', 'cả', 'đa', 'các',
] as const

export type Syllable = (typeof known)[number]

/** Other spellings of the same syllable. */
const variants: Readonly<Record<string, Syllable>> = {
  quí: 'quý',
  kì: 'kỳ',
  hằng: 'hàng',
  bẩy: 'bảy',
  trễ: 'muộn',
  kí: 'ký',
  // The tone on the wrong vowel, and ươ typed as uơ: the two commonest slips. A lost "trước" would make a day inclusive.
  qúy: 'quý',
  qúi: 'quý',
  truớc: 'trước',
  trứơc: 'trước',
  trưóc: 'trước',
  trươc: 'trước',
  thuờng: 'thường',
  thừơng: 'thường',
  thưòng: 'thường',
  khoá: 'khóa',
}

const accented = new Map<string, Syllable>()
const plain = new Map<string, Syllable>()
for (const syllable of known) {
  const canonical = variants[syllable] ?? syllable
  accented.set(syllable, canonical)
  const folded = withoutAccents(syllable)
  if (!plain.has(folded)) plain.set(folded, canonical)
}
for (const [spelling, syllable] of Object.entries(variants)) accented.set(spelling, syllable)

/** Units, which are recognised without accents in an accented text too, where a number follows. */
export const unitSpellings: ReadonlyMap<string, Syllable> = new Map<string, Syllable>([
  ['thang', 'tháng'],
  ['quy', 'quý'],
  ['qui', 'quý'],
  ['nam', 'năm'],
  ['ngay', 'ngày'],
])

/** The syllable of a word in lower case NFC, null where it is none of ours. */
export function accentedSyllable(word: string): Syllable | null {
  return accented.get(word) ?? null
}

/** The same for a text typed without any accents. */
export function plainSyllable(word: string): Syllable | null {
  return plain.get(word) ?? null
}

function withoutAccents(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
}

const romans: Readonly<Record<string, number>> = {
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  v: 5,
  vi: 6,
  vii: 7,
  viii: 8,
  ix: 9,
  x: 10,
  ⅰ: 1,
  ⅱ: 2,
  ⅲ: 3,
  ⅳ: 4,
  ⅴ: 5,
  ⅵ: 6,
}

/** 0 where the word in lower case is no Roman number up to ten. */
export function romanValue(word: string): number {
  return Object.hasOwn(romans, word) ? romans[word]! : 0
}

const cardinals: Partial<Record<Syllable, number>> = {
  một: 1,
  hai: 2,
  ba: 3,
  tư: 4,
  bốn: 4,
  sáu: 6,
  bảy: 7,
  tám: 8,
  chín: 9,
  mười: 10,
}

/** 0 where the syllable is no number. "Năm" (five) is left out: it is nearly always the year. */
export function cardinalValue(syllable: Syllable | null): number {
  return syllable === null ? 0 : (cardinals[syllable] ?? 0)
}
