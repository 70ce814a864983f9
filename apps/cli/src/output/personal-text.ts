import type { Personal } from '#engine/workflow'

/** A personal text as a reader may see it. */
export function personalText(value: Personal | null): string | null {
  if (value === null || typeof value === 'string') return value
  if ('erased' in value) return '(nội dung đã xóa)'
  if ('unreadable' in value) return '(không đọc được nội dung: thiếu khóa, hoặc dữ liệu đã bị sửa)'
  return '(nội dung được niêm phong)'
}

/** Data of an event for reading: what is withheld is told in words. */
export function told(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isWithheld(value)) return personalText(value)
  if (Array.isArray(value)) return value.map(told)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, told(member)]))
}

function isWithheld(value: object): value is Exclude<Personal, string> {
  const [[name, flag] = ['', false], ...others] = Object.entries(value) as [string, unknown][]
  return flag === true && others.length === 0 && ['sealed', 'erased', 'unreadable'].includes(name)
}
