import { parseDeadline, type Deadline } from '#deadlines'
import type { DocumentReference } from '#documents'
import { warning, warnings } from './import-warnings.js'
import type { ImportWarning, ImportWarningCode } from './interpreted-plan.js'
import { cellText, verbatim, type PlanRow } from './plan-row.js'
import { splitProducts } from './products.js'

/** A deliverable before the notes of its task are read. */
export interface DraftDeliverable {
  readonly product: string
  readonly row: number
  readonly deadlineRaw: string | null
  readonly deadline: Deadline
  readonly note: string | null
  readonly evidence: DocumentReference[]
  completed: boolean
}

/**
 * The deliverables of one row: its products share its note and its deadline, unless the Thời gian cell has exactly
 * one part for each. Where no product is written, the content of the row stands in for it.
 */
export function deliverablesIn(
  row: PlanRow,
  year: number,
): { readonly deliverables: DraftDeliverable[]; readonly warnings: ImportWarning[] } {
  const told: ImportWarning[] = []
  const named = splitProducts(cellText(row, 'product'))
  if (named.length === 0) told.push(warnings.productMissing(row.row))
  const products = named.length > 0 ? named : [cellText(row, 'title').replaceAll('\n', ' ')]
  const raw = verbatim(row, 'deadline')
  const deadline = parseDeadline(raw ?? '', { year })
  told.push(...aboutDeadline(row.row, raw, deadline))
  const parts = products.length > 1 && deadline.parts.length === products.length ? deadline.parts : null
  const deliverables = products.map((product, index): DraftDeliverable => {
    const own = parts?.[index] ?? deadline
    return {
      product,
      row: row.row,
      deadlineRaw: parts === null ? raw : own.raw,
      deadline: own,
      note: verbatim(row, 'note'),
      evidence: [],
      completed: false,
    }
  })
  return { deliverables, warnings: told }
}

/** Doubts of the deadline grammar that mean a misprinted or impossible date, in the cell or in a text it cites. */
const misprint: ReadonlySet<string> = new Set<Deadline['warnings'][number]['code']>([
  'impossible-date',
  'impossible-month',
  'impossible-quarter',
  'implausible-citation-date',
  'implausible-year',
])

function aboutDeadline(row: number, raw: string | null, deadline: Deadline): ImportWarning[] {
  if (raw === null) return [warnings.deadlineMissing(row)]
  const told = deadline.type === 'none' ? [warnings.deadlineNotUnderstood(row, raw)] : []
  for (const { code, message } of deadline.warnings) {
    const own: ImportWarningCode = misprint.has(code) ? 'implausible-date' : 'deadline-doubtful'
    told.push(warning(row, own, message))
  }
  return told
}
