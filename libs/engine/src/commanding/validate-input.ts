import 'reflect-metadata'
import { plainToInstance } from 'class-transformer'
import { validateSync, type ValidationError } from 'class-validator'
import { RoviecError, type Text } from '#kernel'
import { NoData } from '../workflow/no-data.js'
import type { Input } from '../workflow/workflow.js'
import { vietnameseOf } from './constraint-text.js'
import { quickInput } from './quick-input.js'

/** One thing wrong with the data, at a path such as `deliverables.0.product`. */
export interface InputProblem {
  readonly path: string
  readonly code: string
  readonly message: Text
}

export class InvalidInput extends RoviecError {
  override readonly name = 'InvalidInput'

  constructor(readonly problems: readonly InputProblem[]) {
    super(
      'invalid',
      'invalid-input',
      {
        vi: `Dữ liệu chưa đúng: ${problems.map((p) => `${p.path}: ${p.message.vi}`).join('; ')}.`,
        en: `The data is not valid: ${problems.map((p) => `${p.path}: ${p.message.en}`).join('; ')}.`,
      },
      { errors: problems },
    )
  }
}

/**
 * The data in the form its input class gives it, as plain data; members nobody declared are refused.
 *
 * @throws InvalidInput naming every member that is wrong.
 */
export function validateInput<Data>(input: Input<Data>, data: unknown): Data {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InvalidInput([
      {
        path: '$',
        code: 'isObject',
        message: { vi: 'phải là một đối tượng JSON', en: 'must be a JSON object' },
      },
    ])
  }
  if ((input as unknown) === NoData) return noData(data) as Data
  return (quickInput(input)?.(data) ?? byTheLibraries(input, data)) as Data
}

/** The way of class-transformer and class-validator, which takes longer, judges everything and names what is wrong. */
export function byTheLibraries(input: Input<unknown>, data: object): object {
  const instance = plainToInstance(input, data) as object
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  })
  if (errors.length > 0) throw new InvalidInput(errors.flatMap((error) => problemsOf(error, '')))
  return plain(instance) as object
}

/** Without classes, and without members that are undefined: fit to stand in an event as it is. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]))
}

/** class-validator has nothing to hold an empty class against. */
function noData(data: object): NoData {
  const problems = Object.keys(data).map((path) => ({
    path,
    code: 'whitelistValidation',
    message: { vi: vietnameseOf('whitelistValidation', ''), en: `property ${path} should not exist` },
  }))
  if (problems.length > 0) throw new InvalidInput(problems)
  return new NoData()
}

/** Of what is not even of the right type nothing else is said: "too great" helps nobody who wrote a word for a number. */
const typeRules: ReadonlySet<string> = new Set([
  'isInt',
  'isNumber',
  'isString',
  'isArray',
  'isObject',
  'isBoolean',
])

function problemsOf(error: ValidationError, parent: string): InputProblem[] {
  const path = parent === '' ? error.property : `${parent}.${error.property}`
  const broken = Object.entries(error.constraints ?? {})
  const ofType = broken.filter(([code]) => typeRules.has(code)).slice(0, 1)
  const own = (ofType.length > 0 ? ofType : broken).map(([code, message]) => ({
    path,
    code,
    message: { vi: vietnameseOf(code, message), en: message },
  }))
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))]
}
