import { RoviecError } from '#kernel'

/** A program put together wrongly: nothing personal is written in plain for want of a part. */
export function sealingMissing(workflow: string): RoviecError {
  return new RoviecError(
    'fault',
    'sealing-missing',
    {
      vi: `Quy trình “${workflow}” có trường riêng tư nhưng chương trình chưa được cấu hình niêm phong. Báo cho người phát triển.`,
      en: `The workflow ${workflow} has personal fields: give the command handler a sealing.`,
    },
    { workflow },
  )
}

export function keysUnreachable(cause: unknown): RoviecError {
  return new RoviecError(
    'fault',
    'personal-keys-unreachable',
    {
      vi: 'Chưa lấy được khóa niêm phong nội dung riêng tư. Chưa có gì được ghi; hãy gửi lại sau ít phút.',
      en: 'The keys of personal fields cannot be reached. Nothing was recorded; send the same again in a while.',
    },
    { safeToRepeat: true },
    { cause },
  )
}

export function keyUnusable(key: string): RoviecError {
  return new RoviecError(
    'fault',
    'personal-key-unusable',
    {
      vi: `Khóa niêm phong ${key} không mở được bằng khóa chính hiện có. Chưa có gì được ghi. Kiểm tra ROVIEC_MASTER_KEY và bảng roviec.personal_key.`,
      en: `No master key at hand opens the key ${key}. Nothing was recorded. Check ROVIEC_MASTER_KEY and the table roviec.personal_key.`,
    },
    { key },
  )
}

/** The log has texts under a key that the table lacks: it was restored without it, or from an older copy. */
export function keyMissing(key: string): RoviecError {
  return new RoviecError(
    'fault',
    'personal-key-missing',
    {
      vi: `Thiếu khóa niêm phong ${key} trong bảng roviec.personal_key. Chưa có gì được ghi. Phục hồi bảng này từ bản sao lưu cùng thời điểm với kho sự kiện.`,
      en: `The key ${key} is missing from roviec.personal_key. Nothing was recorded. Restore the table from a backup as recent as that of the log.`,
    },
    { key },
  )
}

/** A decision put what it found sealed where its workflow declares nothing personal. */
export function sealedMisplaced(type: string, path: string): RoviecError {
  return new RoviecError(
    'fault',
    'sealed-value-misplaced',
    {
      vi: `Sự kiện ${type} mang nội dung niêm phong ở trường “${path}” chưa được khai báo là riêng tư. Chưa có gì được ghi; báo cho người phát triển.`,
      en: `${type} carries a sealed value at ${path}, which its workflow does not declare personal. Nothing was recorded.`,
    },
    { type, path },
  )
}

/** The master key is not the one this installation writes under. */
export function masterKeyWrong(given: string, source: string, missing: readonly string[]): RoviecError {
  return new RoviecError(
    'fault',
    'master-key-wrong',
    {
      vi: `Khóa chính từ ${source} (dấu vân tay ${given}) không phải khóa của hệ thống này (${missing.join(', ')}). Dừng lại để không ghi dưới khóa khác. Đặt lại đúng khóa cũ; khi thay khóa, ghi khóa mới trước, khóa cũ sau, cách nhau bằng dấu phẩy.`,
      en: `The master key from ${source} (fingerprint ${given}) is not this installation's (${missing.join(', ')}). Stopped, so that nothing is written under another. Give the right one; to change it, name the new key first and the old one after it, parted by a comma.`,
    },
    { given, missing, source },
  )
}
