import type { LocalDate } from '#calendar'
import { deliverableCode } from '../domain/deliverable-code.js'
import type { DeliverableState, TaskState } from '../domain/task.state.js'
import { dueDatesOf } from '../domain/task.state.js'
import { verdictOf } from '../domain/verdict.js'
import type { Basis } from './verdict.sql.js'

/** A task as lists and pages show it; the shape is a contract of the CLI and the API. */
export interface TaskView {
  readonly code: string
  readonly plan: string
  readonly section: string
  readonly stt: string
  readonly title: string
  readonly status: string
  readonly lead: readonly string[]
  readonly coordinate: string
  readonly deliverables: readonly DeliverableView[]
}

export interface DeliverableView {
  readonly code: string
  readonly product: string
  readonly deadline: DeliverableState['deadline']
  readonly due: {
    readonly original: LocalDate | null
    readonly extended: LocalDate | null
    readonly rule: LocalDate | null
  }
  readonly note: string | null
  readonly status: 'completed' | null
  readonly evidence: readonly {
    readonly id: string
    readonly kind: string | null
    readonly number: string | null
    readonly date: LocalDate | null
    readonly issuer: string | null
  }[]
  readonly verdict: 'on-time' | 'late' | 'undeterminable' | 'open'
  readonly daysLate: number | null
  readonly overdueDays: number | null
}

export function presentTask(code: string, state: TaskState, asOf: LocalDate, basis: Basis): TaskView {
  return {
    code,
    plan: state.plan?.code ?? '',
    section: state.section,
    stt: state.stt,
    title: state.title,
    status: state.status,
    lead: state.lead.map((party) => party.name),
    coordinate: state.coordinateCell,
    deliverables: state.deliverables.map((deliverable) => present(code, deliverable, asOf, basis)),
  }
}

function present(
  task: string,
  deliverable: DeliverableState,
  asOf: LocalDate,
  basis: Basis,
): DeliverableView {
  const { verdict, daysLate, overdueDays } = verdictOf(deliverable, asOf, basis)
  return {
    code: deliverableCode(task, deliverable.id),
    product: deliverable.product,
    deadline: deliverable.deadline,
    due: dueDatesOf(deliverable),
    note: deliverable.note,
    status: deliverable.status,
    evidence: deliverable.evidence.map(({ id, kind, number, date, issuer }) => ({
      id,
      kind,
      number,
      date,
      issuer,
    })),
    verdict,
    daysLate,
    overdueDays,
  }
}
