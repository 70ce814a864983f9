import type { Text } from '#kernel'
import type { DossierMessage } from './dossier.message.js'

/** A message that is kept, named with its reason, and not applied. */
export interface RejectedMessage {
  readonly message: DossierMessage
  readonly code: string
  readonly text: Text
}

export function correctedUnknown(message: DossierMessage): RejectedMessage {
  const { corrects } = message.data
  return {
    message,
    code: 'corrected-message-unknown',
    text: {
      vi: `Hồ sơ ${message.dossier} không có sự kiện “${corrects}” để đính chính. Gửi sự kiện đó trước, hoặc ghi đúng mã của nó.`,
      en: `Dossier ${message.dossier} has no message “${corrects}” to correct. Send that message first, or give its right id.`,
    },
  }
}

export function correctionCircular(message: DossierMessage): RejectedMessage {
  return {
    message,
    code: 'correction-circular',
    text: {
      vi: `Đính chính “${message.id}” quay lại đính chính chính nó. Gửi một đính chính mới nêu sự kiện gốc.`,
      en: `Correction “${message.id}” comes round to correct itself. Send a new correction that names the original message.`,
    },
  }
}

export function resultBeforeSubmission(message: DossierMessage): RejectedMessage {
  return {
    message,
    code: 'result-before-submission',
    text: {
      vi: `Kết quả của hồ sơ ${message.dossier} có thời điểm trước khi nộp hồ sơ. Kiểm tra hai thời điểm và gửi đính chính.`,
      en: `The result of dossier ${message.dossier} is dated before its submission. Check both times and send a correction.`,
    },
  }
}

export const missingWords: Readonly<Record<string, Text>> = {
  end: { vi: 'hồ sơ chưa kết thúc', en: 'the dossier has not ended' },
  explanation: { vi: 'chưa có giải trình', en: 'no explanation' },
  acceptance: {
    vi: 'giải trình chưa được người đứng đầu chấp nhận',
    en: 'no explanation accepted by the head',
  },
  apology: { vi: 'chưa có văn bản xin lỗi', en: 'no apology issued' },
}

/** `Closed` is our own act, an intention: it is refused, not recorded with a flag. */
export function closingRefused(message: DossierMessage, missing: readonly string[]): RejectedMessage {
  const list = (language: 'vi' | 'en'): string =>
    missing.map((what) => missingWords[what]?.[language] ?? what).join('; ')
  return {
    message,
    code: 'closing-refused',
    text: {
      vi: `Chưa thể đóng hồ sơ ${message.dossier}: ${list('vi')}. Bổ sung rồi đóng lại.`,
      en: `Dossier ${message.dossier} cannot be closed: ${list('en')}. Add what is missing and close it again.`,
    },
  }
}

export function procedureUnknown(message: DossierMessage, code: string | null): RejectedMessage {
  const named = code === null ? { vi: 'nào', en: 'any procedure' } : { vi: `“${code}”`, en: `“${code}”` }
  return {
    message,
    code: 'procedure-unknown',
    text: {
      vi:
        code === null
          ? `Không có dòng nào của hồ sơ ${message.dossier} nêu thủ tục. Ghi mã thủ tục vào dòng tiếp nhận.`
          : `Chưa có thủ tục ${named.vi} có hiệu lực vào ngày tiếp nhận. Thêm thủ tục, hoặc ghi đúng mã.`,
      en:
        code === null
          ? `No line of dossier ${message.dossier} names a procedure. Give its code on the line of acceptance.`
          : `There is no procedure ${named.en} in force on the day of acceptance. Add the procedure, or give the right code.`,
    },
  }
}
