import type { Register, RegisterLine } from '#dossiers'
import { addDays, type LocalDate } from '#calendar'
import type { LateItem } from '#tasks'

/** One thing late that is not accounted for, a dossier or a deliverable of a plan, in the same columns. */
export interface AccountabilityLine {
  readonly kind: 'dossier' | 'task'
  readonly code: string
  /** System that reported the dossier; null for a task. */
  readonly source: string | null
  /** Code of the dossier's procedure; what the task is to deliver. */
  readonly title: string | null
  /** That accepted the dossier; that leads the task. */
  readonly agency: string | null
  readonly due: LocalDate
  readonly ended: LocalDate | null
  /** The first late day. */
  readonly since: LocalDate
  /** Calendar days after the due date. */
  readonly daysLate: number
  readonly missing: readonly string[]
  /** Who owes each; null where nobody is named. */
  readonly owedBy: Readonly<Record<string, string | null>>
}

/** Dossiers and tasks side by side: two contexts that do not know each other, each with its own register. */
export interface Accountability {
  readonly asOf: LocalDate
  readonly dossiers: Omit<Register, 'items' | 'asOf'> & { readonly items: readonly AccountabilityLine[] }
  /** Null on later pages. */
  readonly tasks: { readonly items: readonly AccountabilityLine[]; readonly total: number } | null
}

/** @param late null where tasks are not asked for; of those given, all but the explained are listed. */
export function accountability(
  { asOf, items, ...register }: Register,
  late: readonly LateItem[] | null,
  missing?: unknown,
): Accountability {
  const lacks = (line: AccountabilityLine): boolean =>
    typeof missing !== 'string' || line.missing.includes(missing)
  const tasks =
    late
      ?.filter(({ explained }) => !explained)
      .map(ofTask)
      .filter(lacks) ?? null
  return {
    asOf,
    dossiers: { ...register, items: items.map(ofDossier) },
    tasks: tasks && { items: tasks, total: tasks.length },
  }
}

function ofDossier({
  dossier,
  procedure,
  field: _field,
  agencyId: _id,
  ...line
}: RegisterLine): AccountabilityLine {
  return { kind: 'dossier', code: dossier, title: procedure, ...line, owedBy: line.owedBy }
}

/** What a task owes in its register is an explanation, and that the head of its agency accepts it. */
export function ofTask(item: LateItem): AccountabilityLine {
  const { code, product, lead, due, evidence, daysLate, explanationOpen } = item
  const agency = lead.join('; ') || null
  return {
    kind: 'task',
    code,
    source: null,
    title: product,
    agency,
    due,
    ended: evidence?.date ?? null,
    since: addDays(due, 1),
    daysLate,
    missing: explanationOpen ? ['acceptance'] : ['explanation', 'acceptance'],
    owedBy: explanationOpen ? { acceptance: agency } : { explanation: agency, acceptance: agency },
  }
}

/** Tasks stand on the first page. */
export function asksForTasks({
  cursor,
  missing,
}: {
  readonly cursor?: unknown
  readonly missing?: unknown
}): boolean {
  const isOwed = missing === undefined || missing === 'explanation' || missing === 'acceptance'
  return cursor === undefined && isOwed
}
