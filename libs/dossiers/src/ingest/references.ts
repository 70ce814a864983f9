import type { BusinessCalendar, LocalDate } from '#calendar'
import type { Pin } from '../domain/dossier.events.js'
import { versionOn } from '../domain/procedure.js'
import type { ProcedureAsOf, ProcedureReader } from '../record/procedure-reader.js'
import type { ResolveAgency } from '../evaluate/agency-names.js'
import type { Rulebooks } from '../record/rulebooks.js'

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

  /** What is pinned of a procedure by an acceptance of that day, with the ids of the agencies of its steps. */
  async pin(
    code: string,
    date: LocalDate,
  ): Promise<{ readonly pin: Pin; readonly agencies: Readonly<Record<string, string>> }> {
    const found = await this.procedure(code)
    const steps = versionOn(found?.versions ?? [], date)?.steps ?? []
    return {
      pin: { calendar: this.calendar.version, procedure: found?.revision ?? null },
      agencies: this.agencies(
        steps.map(({ agency }) => agency),
        date,
      ),
    }
  }

  /** Ids by name; names that nobody knows are left out. */
  agencies(names: readonly string[], date: LocalDate): Readonly<Record<string, string>> {
    const ids: Record<string, string> = {}
    for (const name of names) {
      const id = this.agency(name, date)
      if (id !== null) ids[name] = id
    }
    return ids
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
