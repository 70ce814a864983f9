import { plainToInstance, type ClassConstructor } from 'class-transformer'
import { validateSync } from 'class-validator'
import { AssignerInput, PartyInput, RuleDueInput } from './inputs/assignment.input.js'
import { ConditionInput, DocumentInput } from './inputs/evidence.input.js'
import { isDeadline, isLocalDate, maxCellText } from './inputs/fields.js'
import type { CorrectableField } from './task.events.js'

/** Whether a correction leaves the field in the form the record relies on. */
export function isCorrectValue(field: CorrectableField, value: unknown): boolean {
  return checks[field](value)
}

type Check = (value: unknown) => boolean

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)

const fits =
  (input: ClassConstructor<object>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    validateSync(plainToInstance(input, value), { whitelist: true, forbidNonWhitelisted: true }).length === 0

const cell: Check = (value) => typeof value === 'string' && value.length <= maxCellText
const text: Check = (value) => cell(value) && /\S/.test(value as string)

/** Parties are recorded whole: with an agency id or an explicit null, so that nothing of the old one shines through. */
const party: Check = (value) => fits(PartyInput)(value) && has(value, 'agencyId', 'collective')
const parties: Check = (value) => Array.isArray(value) && value.length <= 200 && value.every(party)

const checks: { readonly [Field in CorrectableField]: Check } = {
  title: text,
  assigner: (value) => fits(AssignerInput)(value) && has(value, 'agencyId'),
  lead: parties,
  coordinate: parties,
  responsible: orNull(text),
  product: text,
  deadline: isDeadline,
  note: orNull(cell),
  ruleDue: orNull(fits(RuleDueInput)),
  condition: orNull((value) => fits(ConditionInput)(value) && has(value, 'due')),
  extendedDue: orNull(isLocalDate),
  acceptedOn: orNull(isLocalDate),
  document: orNull(fits(DocumentInput)),
}

function has(value: unknown, ...members: readonly string[]): boolean {
  return members.every((member) => (value as Record<string, unknown>)[member] !== undefined)
}
