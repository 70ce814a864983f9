import type { LocalDate } from '#calendar'
import { normaliseDocumentNumber } from '#documents'
import { deriveId, tidyVietnamese } from '#kernel'
import { splitParties } from '#documents'
import type { TaskCommands } from '../domain/task.commands.js'
import type { Assigner, PlanReference, TaskParty } from '../domain/task.events.js'
import type { InterpretedDeliverable, InterpretedEvidence, InterpretedTask } from './interpreted-plan.js'
import type { NameStatus } from './plan-reading.js'

export interface ImportContext {
  readonly plan: PlanReference
  /** Who gives the tasks of the plan: the one who signed it. */
  readonly assigner: Assigner
  /** Day of the import at Vietnam's clock: nothing is said to have happened after it. */
  readonly today: LocalDate
  /** As in reading; without it no agency gets an id. */
  readonly resolve?: (name: string) => { readonly status: NameStatus; readonly id: string | null }
}

/** A command of the workflow `task` on the aggregate named by the task's code; actor and tracing are the sender's. */
export type ImportCommand = {
  [Name in Sent]: {
    readonly commandId: string
    readonly transition: Name
    readonly data: TaskCommands[Name]
    /** Instant; absent where no day is known: then it is the time of recording. */
    readonly occurredAt?: string
  }
}[Sent]

type Sent = 'Assign' | 'AddDeliverable' | 'Issue' | 'Complete'

/**
 * The commands that bring an interpreted task into the record, in the order in which they must be sent: Assign, or an
 * AddDeliverable for each deliverable that a task on record has not; an Issue for each document, a Complete for each
 * deliverable that the note closes.
 *
 * Ids derive from what a command is about (task, deliverable, number and year of the document), not from its whole
 * content: the same file sent again, also after a crash or by a later grammar, meets its own commands in the log and
 * adds nothing; a document added to a note is one new Issue. Where the log answers that the id is taken by another
 * content, the words have changed since: `compareTask` tells how, and a person corrects.
 *
 * When it happened: Assign on the day of the plan; Issue on the day of the document; Complete when the last dated
 * document of the deliverable was out, without one on the day of the plan; each from the day's first minute. A day
 * after `today` is a misprint and left to the time of recording; the document keeps it as printed. A deliverable is
 * added when it is recorded: no table says on which day it came to the plan.
 *
 * @param onRecord how many ids of deliverables the task has given; null while there is no such task
 */
export function commandsOf(
  task: InterpretedTask,
  context: ImportContext,
  onRecord: number | null = null,
): ImportCommand[] {
  const happened = (day: LocalDate | null): { occurredAt?: string } =>
    day === null || day > context.today ? {} : { occurredAt: `${day}T00:00:00+07:00` }
  const given: ImportCommand[] =
    onRecord === null
      ? [
          {
            transition: 'Assign',
            commandId: deriveId('import', task.code, 'Assign'),
            data: assignmentOf(task, context),
            ...happened(context.plan.date),
          },
        ]
      : task.deliverables
          .filter(({ id }) => Number(id) > onRecord)
          .map((deliverable) => ({
            transition: 'AddDeliverable',
            commandId: deriveId('import', task.code, 'AddDeliverable', deliverable.id),
            data: termsOf(deliverable),
          }))
  return [
    ...given,
    ...task.deliverables.flatMap(({ id, evidence }) =>
      evidence.map((document, index): ImportCommand => ({
        transition: 'Issue',
        commandId: deriveId('import', task.code, 'Issue', id, ...keyOf(document, evidence.slice(0, index))),
        data: { deliverableId: id, document: { ...document } },
        ...happened(document.date),
      })),
    ),
    ...task.deliverables
      .filter(({ status }) => status === 'completed')
      .map((deliverable): ImportCommand => ({
        transition: 'Complete',
        commandId: deriveId('import', task.code, 'Complete', deliverable.id),
        data: { deliverableIds: [deliverable.id], acceptedOn: null, basis: 'note' },
        ...happened(lastDate(deliverable) ?? context.plan.date),
      })),
  ]
}

/** Number and year; a document without number by its words. The count tells equal ones apart. */
function keyOf(document: InterpretedEvidence, before: readonly InterpretedEvidence[]): [string, number] {
  const key = wordsOf(document)
  return [key, before.filter((other) => wordsOf(other) === key).length]
}

function wordsOf({ number, date, raw }: InterpretedEvidence): string {
  return number === null
    ? tidyVietnamese(raw)
    : `${normaliseDocumentNumber(number)}|${date?.slice(0, 4) ?? ''}`
}

function lastDate({ evidence }: InterpretedDeliverable): LocalDate | null {
  return evidence.reduce<LocalDate | null>(
    (last, { date }) => (date !== null && (last === null || date > last) ? date : last),
    null,
  )
}

/** The agencies of a cell one by one; what the registry does not know keeps its name and gets no id. */
export function partiesOf(cell: string, { resolve }: Pick<ImportContext, 'resolve'>): TaskParty[] {
  return splitParties(cell).map((name) => {
    const known = resolve?.(name)
    return { agencyId: known?.id ?? null, name, collective: known?.status === 'collective' }
  })
}

function assignmentOf(task: InterpretedTask, context: ImportContext): TaskCommands['Assign'] {
  return {
    plan: { ...context.plan },
    section: task.section,
    stt: task.stt,
    title: task.title,
    assigner: { ...context.assigner },
    lead: partiesOf(task.leadCell, context),
    leadCell: task.leadCell,
    coordinate: partiesOf(task.coordinateCell, context),
    coordinateCell: task.coordinateCell,
    deliverables: task.deliverables.map(termsOf),
    cells: task.cells.map((row) => ({ ...row })),
  }
}

function termsOf({ id, product, deadlineRaw, deadline, note, row }: InterpretedDeliverable): {
  readonly id: string
} & TaskCommands['AddDeliverable'] {
  return { id, product, deadlineRaw, deadline, note, row }
}
