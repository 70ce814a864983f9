const told = new Set<string>()

/** Once a command: figures of an incomplete view are never shown without it. */
export function warnOfParked(view: string | undefined, parked: number): void {
  if (view === undefined || parked === 0 || told.has(view)) return
  told.add(view)
  process.stderr.write(
    `CHÚ Ý: ${parked} hồ sơ chưa cập nhật được vào số liệu này do lỗi xử lý sự kiện. Xem: roviec parked list --view ${view}\n`,
  )
}
