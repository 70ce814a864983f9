import type { Moment } from '#calendar'

/** Whether it had happened by the limit. A limit or a moment without a time lasts until its day ends. */
export function happenedBy(moment: Moment, limit: Moment): boolean {
  if (moment.date !== limit.date) return moment.date < limit.date
  return moment.time === null || limit.time === null || moment.time <= limit.time
}

/** Whether it can have happened by the limit: a moment without a time, when its day has begun. */
export function hasHappenedBy({ date, time }: Moment, limit: Moment): boolean {
  return happenedBy({ date, time: time ?? 0 }, limit)
}

/** Orders by day, then time; a day without a time comes before its hours. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1
  return (a.time ?? -1) - (b.time ?? -1)
}

/** Whether it was certainly before: within a day by the hours, where both are known. */
export function isBefore(a: Moment, b: Moment): boolean {
  return a.time !== null && b.time !== null ? compareMoments(a, b) < 0 : a.date < b.date
}
