import { describe, expect, it } from '@jest/globals'
import { compareTask, type TaskWords } from './compare-task.js'

const task: TaskWords = {
  title: 'Ban hành Kế hoạch theo dõi thi hành pháp luật',
  leadCell: 'Sở Tư pháp',
  coordinateCell: 'Các sở, ban, ngành',
  deliverables: [
    { id: '1', product: 'Kế hoạch', deadlineRaw: 'Tháng 01/2025', note: null },
    { id: '2', product: 'Báo cáo', deadlineRaw: null, note: null },
  ],
}
const [plan, report] = task.deliverables as [
  TaskWords['deliverables'][number],
  TaskWords['deliverables'][number],
]

describe('compareTask', () => {
  it('sees no difference in Unicode form, spaces, line ends and empty cells', () => {
    const copy = {
      ...task,
      title: ` ${task.title.normalize('NFD')}`.replace('Kế', '\u00a0Kế'),
      leadCell: 'Sở\nTư  pháp\u200b',
      deliverables: [plan, { ...report, note: ' ' }],
    }
    expect(compareTask(task, copy)).toEqual([])
  })

  it('names the field that changed, with what stood there and what stands there now', () => {
    const note = 'Đã hoàn thành (Kế hoạch số 05/KH-UBND ngày 09/01/2025)'
    const changed = { ...task, leadCell: 'Sở Nội vụ', deliverables: [{ ...plan, note }, report] }
    expect(compareTask(task, changed)).toEqual([
      { field: 'leadCell', before: 'Sở Tư pháp', after: 'Sở Nội vụ' },
      { field: 'deliverables.1.note', before: null, after: note },
    ])
  })

  it('tells deliverables that are new or gone', () => {
    const fewer = { ...task, deliverables: [plan] }
    expect(compareTask(task, fewer)).toEqual([{ field: 'deliverables.2', before: 'Báo cáo', after: null }])
    expect(compareTask(fewer, task)).toEqual([{ field: 'deliverables.2', before: null, after: 'Báo cáo' }])
  })
})
