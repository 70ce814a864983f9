import { ValidateBy } from 'class-validator'
import { parseLocalDate } from './local-date.js'

/** For the input of commands and queries: a real day written 2025-01-31. */
export const IsLocalDate = (): PropertyDecorator =>
  ValidateBy({
    name: 'isLocalDate',
    validator: {
      validate: (value) => typeof value === 'string' && parseLocalDate(value) !== null,
      defaultMessage: () => 'must be a real day written as 2025-01-31',
    },
  })
