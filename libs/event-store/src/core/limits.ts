import { invalid } from '#kernel'

/** Greatest revision and position: the greatest 64-bit signed integer, which all stores can hold. */
export const maxRevision = 2n ** 63n - 1n

/** Events a page holds unless told: at about 1 KB each a page stays near 1 MB, and the trip to the server is spread thin. */
export const defaultPageSize = 1_000

/** Refuses what no log can answer: negative places, and limits that are not whole numbers. */
export function assertPlace(name: string, value: bigint | undefined): void {
  if (value === undefined || (typeof value === 'bigint' && value >= 0n)) return
  throw invalidOption(name, value)
}

export function assertCount(name: string, value: number | undefined, least: 0 | 1): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return
  throw invalidOption(name, value)
}

function invalidOption(name: string, value: unknown) {
  return invalid(
    'read-option-invalid',
    {
      vi: `Tham số đọc "${name}" không hợp lệ (${String(value)}). Dùng số nguyên không âm; kích thước trang ít nhất là 1.`,
      en: `The read option "${name}" is not valid (${String(value)}). Use a whole number of zero or more; a page holds at least 1.`,
    },
    { name, value: String(value) },
  )
}
