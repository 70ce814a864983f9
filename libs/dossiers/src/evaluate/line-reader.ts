import { parseMoment, type LocalDate, type Moment } from '#calendar'
import { RoviecError } from '#kernel'
import {
  dateInvalid,
  dateOutsideCalendar,
  fieldInvalid,
  fieldMissing,
  type Problem,
} from './line-rejection.js'

/** Thrown within the reading of one line only, and turned into its rejection. */
export class LineInvalid extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code)
  }
}

/** Years that dates of a line may lie in. */
export interface Years {
  readonly firstYear: number
  readonly lastYear: number
}

type Members = Readonly<Record<string, unknown>>

/** Longer texts are no names or ids. */
const longestName = 500

/** Reads the members of one JSON object; null stands for absent. */
export class LineReader {
  constructor(
    private readonly members: Members,
    private readonly years: Years,
    private readonly path = '',
  ) {}

  required(name: string): string {
    return this.text(name) ?? this.#fail(fieldMissing(this.path + name))
  }

  /** A number is taken as its digits: systems write ids both ways. */
  text(name: string): string | null {
    const value = this.members[name]
    if (value === undefined || value === null || value === '') return null
    if (typeof value === 'number' && Number.isFinite(value)) return String(value)
    if (typeof value === 'string' && value.length <= longestName && value.isWellFormed()) return value
    return this.#fail(
      fieldInvalid(this.path + name, {
        vi: `chữ, không quá ${longestName} ký tự`,
        en: `text of at most ${longestName} characters`,
      }),
    )
  }

  /** Free text: kept only as whether it is there and well formed, of any length a line may have. */
  freeText(name: string): string | null {
    const value = this.members[name]
    if (value === undefined || value === null || value === '') return null
    if (typeof value === 'string' && value.isWellFormed()) return value
    return this.#fail(fieldInvalid(this.path + name, { vi: 'chữ', en: 'text' }))
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | null {
    const text = this.text(name)
    if (text === null) return null
    return (
      values.find((value) => value === text) ??
      this.#fail(
        fieldInvalid(this.path + name, {
          vi: `một trong: ${values.join(', ')}`,
          en: `one of ${values.join(', ')}`,
        }),
      )
    )
  }

  number(name: string): number | null {
    const value = this.members[name]
    if (value === undefined || value === null) return null
    if (typeof value === 'number' && Number.isFinite(value)) return value
    return this.#fail(fieldInvalid(this.path + name, { vi: 'số', en: 'a number' }))
  }

  flag(name: string): boolean {
    const value = this.members[name]
    if (value === undefined || value === null) return false
    if (typeof value === 'boolean') return value
    return this.#fail(fieldInvalid(this.path + name, { vi: 'true hoặc false', en: 'true or false' }))
  }

  moment(name: string): Moment | null {
    const text = this.text(name)
    return text === null ? null : this.#momentOf(name, text)
  }

  /** The day; of an instant, that of Vietnam. */
  day(name: string): LocalDate | null {
    return this.moment(name)?.date ?? null
  }

  object(name: string): LineReader | null {
    const value = this.members[name]
    if (value === undefined || value === null) return null
    if (typeof value === 'object' && !Array.isArray(value))
      return new LineReader(value as Members, this.years, `${this.path}${name}.`)
    return this.#fail(fieldInvalid(this.path + name, { vi: 'một đối tượng', en: 'an object' }))
  }

  list(name: string): LineReader[] {
    const value = this.members[name]
    if (value === undefined || value === null) return []
    if (!Array.isArray(value))
      this.#fail(fieldInvalid(this.path + name, { vi: 'một danh sách', en: 'a list' }))
    const holder = Object.fromEntries((value as unknown[]).map((item, at) => [`${name}[${at}]`, item]))
    const items = new LineReader(holder, this.years, this.path)
    return Object.keys(holder).map((key) => items.object(key) ?? this.#fail(fieldMissing(this.path + key)))
  }

  has(name: string): boolean {
    return this.members[name] !== undefined && this.members[name] !== null
  }

  isObject(name: string): boolean {
    return typeof this.members[name] === 'object' && this.members[name] !== null
  }

  #momentOf(name: string, text: string): Moment {
    const moment = readMoment(text)
    if (moment === null) this.#fail(dateInvalid(this.path + name))
    const { firstYear, lastYear } = this.years
    const year = Number(moment.date.slice(0, 4))
    if (year < firstYear || year > lastYear)
      this.#fail(dateOutsideCalendar(this.path + name, firstYear, lastYear))
    return moment
  }

  #fail(problem: Problem): never {
    throw new LineInvalid(problem)
  }
}

function readMoment(text: string): Moment | null {
  try {
    return parseMoment(text)
  } catch (error) {
    if (error instanceof RoviecError) return null
    throw error
  }
}
