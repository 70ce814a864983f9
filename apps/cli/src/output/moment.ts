const clock = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** A moment in Vietnam, to the second: `21/11/2026 13:26:21`. */
export function momentText(instant: string): string {
  const parts = clock.formatToParts(new Date(instant)).map(({ type, value }) => [type, value])
  const { day, month, year, hour, minute, second } = Object.fromEntries(parts) as Record<string, string>
  return `${day}/${month}/${year} ${hour}:${minute}:${second}`
}
