// class-transformer's @Type reads the types that decorators leave behind: whoever loads an input class needs this first.
import 'reflect-metadata'
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator'
import { IsLocalDate, parseLocalDate } from '#calendar'

/** Names of agencies, numbers of documents and the like. */
const shortText = 300
/** A cell of a plan's table; the longest real one has 800 characters. */
export const maxCellText = 4000
/** Reasons, explanations, apologies: two typed pages. */
const longText = 8000

/** The plan of the real tables has 3 products in a row at most; a whole plan as one task is a mistake. */
export const maxDeliverables = 100

export const ShortText = (): PropertyDecorator => all(IsString(), Length(1, shortText))
export const CellText = (): PropertyDecorator => all(IsString(), MaxLength(maxCellText))
export const RequiredText = (): PropertyDecorator => all(IsString(), Length(1, maxCellText), Matches(/\S/))
/** Free text people write about people. It must say something. */
export const FreeText = (): PropertyDecorator => all(IsString(), Length(1, longText), Matches(/\S/))
/** Opaque ids of agencies, officials, attachments. */
export const OpaqueId = (): PropertyDecorator =>
  all(IsString(), Matches(/^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,119}$/u))
export const DeliverableId = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^[1-9]\d{0,2}$/, options)
export const Optional = IsOptional
export { IsLocalDate }

export const List = (max: number): PropertyDecorator => all(IsArray(), ArrayMaxSize(max))

/** A deadline as the grammar of deadlines gives it: what the record relies on is checked, the rest is kept. */
export const IsDeadline = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDeadline',
    validator: { validate: isDeadline, defaultMessage: () => 'must be a parsed deadline' },
  })

/** A row of a table: the text of each cell under its heading. */
export const IsRowOfTexts = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isObject',
      validator: {
        validate: isRowOfTexts,
        defaultMessage: () => 'each must be an object with the text of every cell under its heading',
      },
    },
    options,
  )

function isRowOfTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((cell) => typeof cell === 'string' && cell.length <= maxCellText)
}

export function isDeadline(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { raw, type, due, lastCompliantDay } = value as Record<string, unknown>
  return (
    typeof raw === 'string' &&
    raw.length <= maxCellText &&
    typeof type === 'string' &&
    (due === null || isLocalDate(due)) &&
    (lastCompliantDay === null || isLocalDate(lastCompliantDay))
  )
}

export function isLocalDate(value: unknown): boolean {
  return typeof value === 'string' && parseLocalDate(value) !== null
}

function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key)
  }
}
