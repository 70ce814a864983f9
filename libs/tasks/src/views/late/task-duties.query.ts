import { remindersGiven, type RemindersOf } from '#accountability/record'
import type { Asking, Query } from '#engine'
import { dutiesKey } from '../../domain/deliverable-code.js'
import { boardProjection } from '../board/board.projection.js'
import { taskReaders } from '../who-may-read.js'
import { late, LateParams, type LateItem } from './late.query.js'

/** A late deliverable without an accepted explanation, with what was done about it. */
export interface TaskDuty extends LateItem, RemindersOf {}

/** What is owed of late deliverables, the longest late first: what is late, until an explanation is accepted. */
export const taskDuties: Query<LateParams, readonly TaskDuty[]> = {
  name: 'tasks.duties',
  text: { vi: 'Việc phải làm về sản phẩm chậm, muộn', en: 'Duties about late deliverables' },
  input: LateParams,
  roles: taskReaders,
  view: boardProjection,
  async answer(asking: Asking<LateParams>): Promise<readonly TaskDuty[]> {
    const owed = (await late.answer(asking)).filter(({ explained }) => !explained)
    return Promise.all(
      owed.map(async (item) => ({ ...item, ...(await remindersGiven(asking.store, dutiesKey(item.code))) })),
    )
  },
}
