import { parseNote } from '#documents'
import { tidyVietnamese } from '#kernel'
import { sameDocument } from '../domain/documents.js'
import type { TaskDocument } from '../domain/task.events.js'
import { idsGiven, type DeliverableState, type Evidence, type TaskState } from '../domain/task.state.js'
import type { InterpretedDeliverable, InterpretedTask } from './interpreted-plan.js'
import { matchDeliverables } from './match-deliverables.js'

/**
 * A task of the file with its deliverables under the numbers that the record has given them; new ones follow under the
 * next numbers. A document of a note that stands on several of them stays with the one that has it on record: a new
 * product among them takes none away.
 */
export function asRecorded(
  task: InterpretedTask,
  recorded: Pick<TaskState, 'deliverables' | 'withdrawnDeliverables'>,
): InterpretedTask {
  const matched = matchDeliverables(recorded.deliverables, task.deliverables)
  let last = idsGiven(recorded)
  const numbered = task.deliverables.map((deliverable, index) => {
    const match = matched[index] ?? null
    return { deliverable: { ...deliverable, id: match?.id ?? String(++last) }, has: match?.evidence ?? [] }
  })
  const deliverables = numbered.map(({ deliverable, has }) => ({
    ...deliverable,
    evidence: deliverable.evidence.filter(
      (document) =>
        cites(has, document) ||
        !numbered.some(
          (other) =>
            sharesNote(other.deliverable, deliverable) &&
            cites(other.has, document) &&
            !cites(other.deliverable.evidence, document),
        ),
    ),
  }))
  return { ...task, deliverables }
}

/** Documents on record that the note cited before, and that the note of the file does not cite. */
export function fallenOutOfNote(
  recorded: DeliverableState,
  now: InterpretedDeliverable,
): readonly Evidence[] {
  const [before, after] = [recorded.note, now.note].map((note) => parseNote(note ?? '').references)
  return recorded.evidence.filter((document) => cites(before!, document) && !cites(after!, document))
}

/** Whether it was completed by its note, and the note of the file no longer says so. */
export function isNoLongerStated(recorded: DeliverableState, now: InterpretedDeliverable): boolean {
  const wasStated = recorded.completionBasis === 'note' && parseNote(recorded.note ?? '').status !== null
  return wasStated && now.status === null
}

function sharesNote(one: InterpretedDeliverable, other: InterpretedDeliverable): boolean {
  return one.id !== other.id && tidyVietnamese(one.note ?? '') === tidyVietnamese(other.note ?? '')
}

function cites(documents: readonly TaskDocument[], document: TaskDocument): boolean {
  return documents.some((other) => sameDocument(other, document) || isSameWithoutNumber(other, document))
}

function isSameWithoutNumber(one: TaskDocument, other: TaskDocument): boolean {
  return one.number === null && other.number === null && one.raw !== null && one.raw === other.raw
}
