import { foldVietnamese } from '#kernel'

/** What a column of a task table holds (Vietnamese headings of several authors). */
export type ColumnRole = 'stt' | 'title' | 'product' | 'lead' | 'coordinate' | 'deadline' | 'note' | 'budget'

/** A cell this long is a sentence, not a heading. */
const maxHeadingLength = 80

/** First match decides: "Thời gian hoàn thành" before "hoàn thành", "Kết quả thực hiện" (a note) before "Kết quả". */
const headings: readonly (readonly [ColumnRole, RegExp])[] = [
  ['stt', /^(s ?t ?t|t ?t|so t ?t|so thu tu|thu tu|so)$/],
  ['budget', /^(nguon |du toan |du kien )?(kinh phi|ngan sach)/],
  ['note', /^(ghi chu|(ket qua|tinh hinh|tien do) thuc hien|ket qua dat duoc|y kien|danh gia)/],
  [
    'lead',
    /^((co quan|don vi|co quan don vi|bo phan|so nganh) )?((thuc hien )?chu tri|dau moi)|^don vi thuc hien$|^co quan thuc hien$/,
  ],
  ['coordinate', /^((co quan|don vi|co quan don vi|bo phan|so nganh) )?(thuc hien )?phoi hop/],
  [
    'deadline',
    /^(thoi gian|thoi han|thoi diem|han) ?(hoan thanh|thuc hien|ket thuc|bao cao|ban hanh|trinh|$)|^(ngay|tien do) hoan thanh|^han$/,
  ],
  ['product', /san pham|^(ket qua( dau ra)?|dau ra)$/],
  ['title', /^(ten |cac )?(noi dung|nhiem vu|hoat dong|cong viec|dau viec|muc tieu nhiem vu)/],
]

/** The role that a heading names; null for an unknown heading or one that names two agencies at once. */
export function roleOf(heading: string): ColumnRole | null {
  if (heading.length > maxHeadingLength) return null
  const folded = foldVietnamese(heading.replace(/\([^)]*\)/gu, ' ').replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '))
  if (folded === '' || (folded.includes('chu tri') && folded.includes('phoi hop'))) return null
  return headings.find(([, words]) => words.test(folded))?.[0] ?? null
}

/** Column → role of the cells that are headings; the first column of a role keeps it. */
export function rolesInRow(cells: readonly string[]): Map<ColumnRole, number> {
  const roles = new Map<ColumnRole, number>()
  for (const [index, cell] of cells.entries()) {
    const role = cell === '' ? null : roleOf(cell)
    if (role !== null && !roles.has(role)) roles.set(role, index)
  }
  return roles
}
