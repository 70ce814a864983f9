import { ValidateBy } from 'class-validator'

/** What PostgreSQL and JavaScript both take, years of four figures with room for any zone. */
const form = /^[12]\d{3}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** A day, which is its start in UTC, or an instant with its zone. A month, a week or a local time is neither. */
export const IsMoment = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMoment',
    validator: {
      validate: isMoment,
      defaultMessage: () =>
        '$property must be a day such as 2025-01-31, or an instant such as 2025-01-31T08:00:00+07:00',
    },
  })

export function isMoment(value: unknown): value is string {
  if (typeof value !== 'string' || !form.test(value) || Number.isNaN(Date.parse(value))) return false
  const day = value.slice(0, 10)
  // JavaScript reads the 30th of February as the 2nd of March.
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

/** The instant that a moment is, in the one form that every reader takes; null stays null. */
export function instantOf(moment: string | null): string | null {
  return moment === null ? null : new Date(moment).toISOString()
}
