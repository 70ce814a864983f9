import { notice } from './answer.js'

/** Columns that were passed over: a date under a heading that nobody reads would else be lost unseen. */
export function tellUnreadHeadings(headings: readonly string[]): void {
  if (headings.length === 0) return
  const names = headings.map((heading) => `“${heading}”`).join(', ')
  notice(
    process.env['ROVIEC_LANG'] === 'en'
      ? `Columns not read: ${names}.`
      : `Các cột không được đọc: ${names}. Nếu cần, đổi tên cột rồi nhập lại.`,
  )
}
