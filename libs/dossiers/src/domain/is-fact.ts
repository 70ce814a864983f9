import { parseLocalDate } from '#calendar'
import { apologyRules, channels, dossierMessageTypes } from './dossier.message.js'

/** Whether a value has the shape of a fact told by a source. Moments have been read and written anew before. */
export function isFact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  // A name that every object has, such as `constructor`, is none of ours.
  for (const [name, member] of Object.entries(value))
    if (!Object.hasOwn(checks, name) || !checks[name]!(member)) return false
  const { type, id, occurredAt, corrects, change } = value as Readonly<Record<string, unknown>>
  if (type === undefined || id === undefined || occurredAt === undefined) return false
  return type !== 'Corrected' || (corrects !== undefined && change !== undefined)
}

type Check = (value: unknown) => boolean

const momentPattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|\+07:00))?$/
const longestText = 500

const text: Check = (value) => typeof value === 'string' && value !== '' && value.length <= longestText
const day: Check = (value) => typeof value === 'string' && parseLocalDate(value) !== null
const moment: Check = (value) =>
  typeof value === 'string' && momentPattern.test(value) && parseLocalDate(value.slice(0, 10)) !== null
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string)

const office: Check = (value) =>
  isRecord(value) &&
  ['agency', 'position', 'name'].every((member) => Object.hasOwn(value, member)) &&
  Object.keys(value).length === 3 &&
  Object.values(value).every((member) => member === null || text(member))

const change: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length === 1 &&
  (value['void'] === true || moment(value['occurredAt']))

const pin: Check = (value) => {
  if (!isRecord(value)) return false
  const { calendar, procedure, code, ...more } = value
  if (Object.keys(more).length > 0 || !(code === undefined || text(code))) return false
  return text(calendar) && (procedure === null || (Number.isInteger(procedure) && Number(procedure) > 0))
}

const checks: Readonly<Record<string, Check>> = {
  type: oneOf(dossierMessageTypes),
  id: text,
  occurredAt: moment,
  recordedAtSource: moment,
  receivedAt: moment,
  procedure: text,
  agency: text,
  channel: oneOf(channels),
  step: text,
  apologyRule: oneOf(apologyRules),
  delayCausedBy: text,
  appointment: day,
  newDate: day,
  signer: office,
  by: office,
  // As long as a line may be: a source's words are kept whole.
  reason: (value) => typeof value === 'string' && value !== '',
  corrects: text,
  change,
  due: day,
  agencies: (value) => isRecord(value) && Object.entries(value).every((pair) => pair.every(text)),
  pin,
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
