import type { Platform } from '#platform'

/** Told once, at the start that made it: from now on it cannot be replaced. */
export function tellOfNewKey({ masterKey: { isNew, source, fingerprint } }: Platform): void {
  if (!isNew) return
  process.stderr.write(
    `Đã tạo khóa chính để niêm phong nội dung riêng tư: ${source} (dấu vân tay ${fingerprint}).\n` +
      'Hãy sao lưu tệp này ngay, ở nơi khác với dữ liệu: mất khóa thì không ai đọc lại được nội dung đã niêm phong.\n',
  )
}
