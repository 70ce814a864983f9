import { refuse, type Refusal } from '#kernel'
import { missingWords } from './rejections.js'

/** A dossier has some ten messages; the busiest known have sixty. Settling them takes time that grows with them. */
export const mostMessages = 300

export function dossierFull(): Refusal {
  return refuse(
    'dossier-full',
    {
      vi: `Hồ sơ đã có ${mostMessages} sự kiện, nhiều hơn mọi hồ sơ có thật. Kiểm tra hệ thống nguồn có gửi lặp với mã mới hay không.`,
      en: `The dossier has ${mostMessages} messages, more than any real one. See whether the source repeats itself under new ids.`,
    },
    { most: mostMessages },
  )
}

export function messageIdReused(id: string): Refusal {
  return refuse(
    'message-id-reused',
    {
      vi: `Mã sự kiện “${id}” của nguồn này đã ghi với nội dung khác. Bản nhận trước được giữ; gửi nội dung mới bằng mã riêng, hoặc gửi đính chính.`,
      en: `Id “${id}” of this source is on record with other content. What was received first is kept; send the new content under an id of its own, or a correction.`,
    },
    { id },
  )
}

export function otherDossier(): Refusal {
  return refuse('dossier-key-differs', {
    vi: 'Sự kiện thuộc hồ sơ khác. Gửi vào đúng hồ sơ.',
    en: 'The message is of another dossier. Send it to its own.',
  })
}

export function explanationMissing(): Refusal {
  return refuse('explanation-missing', {
    vi: 'Chưa có giải trình để xem xét. Đơn vị để chậm giải trình trước.',
    en: 'There is no explanation to decide on. The unit that caused the delay explains first.',
  })
}

export function ownExplanation(): Refusal {
  return refuse('own-explanation', {
    vi: 'Người giải trình không tự chấp nhận hoặc trả lại giải trình của mình. Trình người đứng đầu cấp trên.',
    en: 'Nobody decides on his own explanation. Put it to the head above.',
  })
}

export function otherHead(agency: string): Refusal {
  return refuse(
    'head-of-other-agency',
    {
      vi: `Giải trình này do người đứng đầu ${agency} xem xét, là cơ quan, đơn vị để chậm hồ sơ.`,
      en: `The head of ${agency}, where the delay arose, decides on this explanation.`,
    },
    { agency },
  )
}

export function apologyMissing(): Refusal {
  return refuse('apology-missing', {
    vi: 'Chưa có văn bản xin lỗi để gửi. Ban hành văn bản xin lỗi trước.',
    en: 'There is no apology to deliver. Issue it first.',
  })
}

export function correctedUnknown(id: string): Refusal {
  return refuse(
    'corrected-message-unknown',
    {
      vi: `Hồ sơ không có sự kiện “${id}” để đính chính. Xem lịch sử hồ sơ và ghi đúng mã sự kiện.`,
      en: `The dossier has no message “${id}” to correct. Look at its history and give the right id.`,
    },
    { id },
  )
}

export function momentInvalid(text: string): Refusal {
  return refuse(
    'date-invalid',
    {
      vi: `“${text}” không phải là ngày hoặc thời điểm. Viết ngày là 2026-04-15, thời điểm là 2026-04-15T09:30.`,
      en: `“${text}” is neither a day nor an instant. Write a day as 2026-04-15, an instant as 2026-04-15T09:30.`,
    },
    { text },
  )
}

export function occurredInFuture(text: string): Refusal {
  return refuse(
    'occurred-in-future',
    {
      vi: `Thời điểm ${text} còn ở tương lai, sự việc chưa thể xảy ra. Kiểm tra lại ngày.`,
      en: `${text} lies in the future: it cannot have happened yet. Check the date.`,
    },
    { text },
  )
}

export function assessmentStale(): Refusal {
  return refuse('assessment-stale', {
    vi: 'Hồ sơ vừa có thông tin mới. Xem lại rồi thực hiện lại.',
    en: 'The dossier has changed since it was assessed. Look again and repeat.',
  })
}

export function closingRefused(missing: readonly string[]): Refusal {
  const list = (language: 'vi' | 'en'): string =>
    missing.map((what) => missingWords[what]?.[language] ?? what).join('; ')
  return refuse(
    'closing-refused',
    {
      vi: `Chưa thể đóng hồ sơ: ${list('vi')}. Bổ sung rồi đóng lại.`,
      en: `The dossier cannot be closed: ${list('en')}. Add what is missing and close it again.`,
    },
    { missing },
  )
}
