import type { BusinessCalendar } from '#calendar'
import type { ProcedureAsOf, ProcedureReader } from '../record/procedure-reader.js'
import type { Rulebooks } from '../record/rulebooks.js'

/** Looks up the agency that a name means on a day: the registry is another context, so whoever wires both gives it. */
export type ResolveAgency = (name: string, date: string) => string | null

/** More than all the names and days of a year together; past it they are looked up anew. */
const mostRemembered = 20_000

/**
 * Reference data as it stood when a run began, so that its lines are judged alike: calendar, procedures as they are
 * first asked for, agencies.
 */
export class References {
  readonly #procedures = new Map<string, Promise<ProcedureAsOf | null>>()
  readonly #agencies = new Map<string, string | null>()

  private constructor(
    readonly calendar: BusinessCalendar,
    private readonly reader: ProcedureReader,
    private readonly resolve: ResolveAgency,
  ) {}

  static async read(rulebooks: Rulebooks, resolve: ResolveAgency): Promise<References> {
    return new References(await rulebooks.calendar(), rulebooks.procedures, resolve)
  }

  procedure(code: string): Promise<ProcedureAsOf | null> {
    const known = this.#procedures.get(code)
    if (known !== undefined) return known
    const asked = this.reader.find(code)
    if (this.#procedures.size < mostRemembered) this.#procedures.set(code, asked)
    return asked
  }

  agency(name: string, date: string): string | null {
    const key = `${date} ${name}`
    const known = this.#agencies.get(key)
    if (known !== undefined) return known
    const id = this.resolve(name, date)
    if (this.#agencies.size < mostRemembered) this.#agencies.set(key, id)
    return id
  }
}
