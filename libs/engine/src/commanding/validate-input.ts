import 'reflect-metadata'
import { plainToInstance } from 'class-transformer'
import { validateSync, type ValidationError } from 'class-validator'
import { RoviecError, type Text } from '#kernel'
import { NoData } from '../workflow/no-data.js'
import type { Input } from '../workflow/workflow.js'

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
  const instance = plainToInstance(input, data) as object
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  })
  if (errors.length > 0) throw new InvalidInput(errors.flatMap((error) => problemsOf(error, '')))
  return plain(instance) as Data
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
    message: { vi: vietnamese['whitelistValidation']!, en: `property ${path} should not exist` },
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
    message: { vi: vietnamese[code] ?? 'giá trị không hợp lệ', en: message },
  }))
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))]
}

/** By class-validator's constraint names; the English text is the library's own. */
const vietnamese: Readonly<Record<string, string>> = {
  arrayMaxSize: 'quá nhiều phần tử',
  arrayMinSize: 'cần ít nhất một phần tử',
  arrayUnique: 'không được có phần tử trùng nhau',
  isArray: 'phải là danh sách',
  isBoolean: 'phải là đúng hoặc sai',
  isDeadline: 'phải là thời hạn đã được phân tích',
  isDefined: 'không được bỏ trống',
  isIn: 'không thuộc các giá trị cho phép',
  isInt: 'phải là số nguyên',
  isIso8601: 'phải là ngày hoặc thời điểm có thật, ví dụ 2025-01-31 hoặc 2025-01-31T08:00:00+07:00',
  isLength: 'phải có nội dung và không dài quá mức cho phép',
  isLocalDate: 'phải là ngày có thật dạng năm-tháng-ngày, ví dụ 2025-01-31',
  isNotEmpty: 'không được để trống',
  isNumber: 'phải là số',
  isObject: 'phải là một đối tượng JSON',
  isString: 'phải là chuỗi ký tự',
  isUuid: 'phải là mã UUID',
  matches: 'không đúng mẫu quy định',
  max: 'lớn hơn mức cho phép',
  maxLength: 'dài quá mức cho phép',
  min: 'nhỏ hơn mức cho phép',
  minLength: 'ngắn hơn mức cho phép',
  nestedValidation: 'phải là một đối tượng JSON hoặc danh sách các đối tượng',
  unknownValue: 'không có trong biểu mẫu',
  whitelistValidation: 'không có trong biểu mẫu',
}

/** Whether a constraint has a text of its own for officials. */
export function hasVietnameseText(constraint: string): boolean {
  return Object.hasOwn(vietnamese, constraint)
}
