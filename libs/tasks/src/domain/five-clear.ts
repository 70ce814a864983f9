import type { Text } from '#kernel'
import type { TaskState } from './task.state.js'

/** "5 rõ": rõ người, rõ việc, rõ tiến độ, rõ kết quả, rõ trách nhiệm. */
export const fiveClear = {
  person: { vi: 'rõ người', en: 'who does it' },
  work: { vi: 'rõ việc', en: 'what is to be done' },
  progress: { vi: 'rõ tiến độ', en: 'by when' },
  result: { vi: 'rõ kết quả', en: 'what comes out' },
  responsibility: { vi: 'rõ trách nhiệm', en: 'who answers for it' },
} as const satisfies Readonly<Record<string, Text>>

export interface MissingOfFiveClear {
  readonly what: keyof typeof fiveClear
  /** The deliverables it is missing of; empty where it is the task itself. */
  readonly deliverableIds: readonly string[]
}

/**
 * What of the "5 rõ" the record of a task does not answer: no official in charge, no title, a deliverable without
 * a deadline or without a product, no single recognised lead agency.
 */
export function missingOfFiveClear(state: TaskState): readonly MissingOfFiveClear[] {
  const missing: MissingOfFiveClear[] = []
  const undated = state.deliverables.filter(({ deadline }) => deadline.type === 'none').map(({ id }) => id)
  const unnamed = state.deliverables.filter(({ product }) => product.trim() === '').map(({ id }) => id)
  const answerable = state.lead.some(({ agencyId, collective }) => agencyId !== null && !collective)
  if (state.responsible === null) missing.push({ what: 'person', deliverableIds: [] })
  if (state.title.trim() === '') missing.push({ what: 'work', deliverableIds: [] })
  if (undated.length > 0) missing.push({ what: 'progress', deliverableIds: undated })
  if (unnamed.length > 0 || state.deliverables.length === 0)
    missing.push({ what: 'result', deliverableIds: unnamed })
  if (!answerable) missing.push({ what: 'responsibility', deliverableIds: [] })
  return missing
}
