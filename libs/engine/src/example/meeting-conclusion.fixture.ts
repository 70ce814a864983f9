import { Length } from 'class-validator'
import { NoData, party, workflow } from '#engine/workflow'

class Draft {
  @Length(1, 2000) text!: string
  @Length(1, 100) agency!: string
}

/** Thông báo kết luận cuộc họp: drafted by the secretary, a task of an agency once the chairman has signed it. */
interface Conclusion extends Partial<Draft> {
  readonly status: 'none' | 'draft' | 'task' | 'done'
}
type Commands = { Draft: Draft; Sign: NoData; Finish: NoData }
type Events = { 'conclusion.Drafted': Draft; 'conclusion.Signed': NoData; 'conclusion.Finished': NoData }
const role = (name: string, vi: string) =>
  party<Conclusion>(name, { vi, en: name }, (actor) => actor.roles.includes(name))
const agencyInCharge = { vi: 'cơ quan được giao', en: 'the agency in charge' }

export const conclusion = workflow<Conclusion, Commands, Events>({
  name: 'conclusion',
  initial: { status: 'none' },
  statuses: {
    none: { vi: 'chưa có', en: 'none' },
    draft: { vi: 'dự thảo', en: 'draft' },
    task: { vi: 'đã giao nhiệm vụ', en: 'task' },
    done: { vi: 'đã hoàn thành', en: 'done' },
  },
  transitions: {
    Draft: {
      text: { vi: 'Soạn thông báo', en: 'Draft' },
      input: Draft,
      from: ['none', 'draft'],
      by: [role('secretary', 'thư ký cuộc họp')],
      to: ['draft'],
      decide: ({ command }) => [{ type: 'conclusion.Drafted', data: command }],
    },
    Sign: {
      text: { vi: 'Ký ban hành', en: 'Sign' },
      input: NoData,
      from: ['draft'],
      by: [role('chairman', 'người chủ trì')],
      to: ['task'],
      decide: () => [{ type: 'conclusion.Signed', data: {} }],
    },
    Finish: {
      text: { vi: 'Ghi nhận hoàn thành', en: 'Finish' },
      input: NoData,
      from: ['task'],
      by: [party('in-charge', agencyInCharge, (actor, { agency }) => actor.agency === agency)],
      to: ['done'],
      decide: () => [{ type: 'conclusion.Finished', data: {} }],
    },
  },
  evolve: {
    'conclusion.Drafted': (_state, { text, agency }) => ({ status: 'draft', text, agency }),
    'conclusion.Signed': (state) => ({ ...state, status: 'task' }),
    'conclusion.Finished': (state) => ({ ...state, status: 'done' }),
  },
})
