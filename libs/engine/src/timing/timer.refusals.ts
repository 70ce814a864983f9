import { refuse, type Refusal } from '#kernel'

export function neverDue(at: string): Refusal {
  return refuse(
    'timer-time-invalid',
    {
      vi: `Thời điểm hẹn “${at}” không có thật. Kiểm tra lại ngày giờ.`,
      en: `There is no such moment as ${at}. Check date and time.`,
    },
    { at },
  )
}

export function tooShort(every: string): Refusal {
  return refuse(
    'timer-period-too-short',
    {
      vi: `Chu kỳ “${every}” quá ngắn. Đặt chu kỳ từ một giây trở lên.`,
      en: `The period ${every} is too short. A second is the shortest.`,
    },
    { every },
  )
}

export function tooLarge(limit: number): Refusal {
  return refuse(
    'timer-data-too-large',
    {
      vi: `Dữ liệu kèm hẹn giờ dài quá ${limit} ký tự. Chỉ kèm mã tra cứu, không kèm nội dung.`,
      en: `The timer's data is longer than ${limit} characters. Give it an id to look up, not the content.`,
    },
    { limit },
  )
}

export function reasonMissing(): Refusal {
  return refuse('reason-missing', {
    vi: 'Kích hoạt hẹn giờ trước hạn phải nêu lý do.',
    en: 'Say why the timer is fired by hand.',
  })
}

/** The due time that was meant is dealt with, or the timer was set anew. */
export function moved({ schedule, occurrence }: { schedule: number; occurrence: number }): Refusal {
  return refuse(
    'timer-moved',
    {
      vi: `Lần hẹn này đã được xử lý hoặc dời đi; lần tới là lần ${occurrence}. Không phải làm gì thêm.`,
      en: `That occurrence was dealt with or the timer was set anew; the next is ${occurrence} of schedule ${schedule}. Nothing is left to do.`,
    },
    { schedule, occurrence },
  )
}

export function notDue(at: string): Refusal {
  return refuse(
    'timer-not-due',
    { vi: `Chưa đến giờ hẹn ${at}. Chờ đến giờ.`, en: `The timer is due at ${at}, not yet. Wait for it.` },
    { at },
  )
}

export function wasMissed(at: string): Refusal {
  return refuse(
    'timer-missed',
    {
      vi: `Giờ hẹn ${at} đã lỡ và theo quy tắc phải bỏ qua. Dùng thao tác “Bỏ qua lần hẹn đã lỡ”.`,
      en: `The due time ${at} was missed and is to be skipped by its rule. Send Skip.`,
    },
    { at },
  )
}

export function notMissed(at: string): Refusal {
  return refuse(
    'timer-not-missed',
    {
      vi: `Giờ hẹn ${at} chưa lỡ nên không bỏ qua được.`,
      en: `The due time ${at} was not missed: it is not skipped.`,
    },
    { at },
  )
}
