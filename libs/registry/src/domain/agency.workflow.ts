import { party, workflow } from '#engine/workflow'
import type { AgencyFacts } from './agency.js'
import {
  AddAlias,
  AssignCode,
  CreateAgency,
  EndAgency,
  RecordSuccession,
  RenameAgency,
  type AgencyCommands,
} from './agency.commands.js'
import { addAlias, assignCode, create, end, recordSuccession, rename } from './agency.decisions.js'
import type { AgencyEvent, AgencyEvents } from './agency.events.js'
import { evolveAgency } from './agency-fold.js'

export type AgencyState =
  | { readonly status: 'absent'; readonly agency: null }
  | { readonly status: 'active' | 'ended'; readonly agency: AgencyFacts }

const registrar = party<AgencyState>(
  'registrar',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, người vận hành hệ thống',
    en: 'clerk of the provincial office, operator',
  },
  ({ roles }) => roles.some((role) => role === 'clerk' || role === 'operator' || role === 'system'),
)

/** What is learnt of an agency may be entered after its end as well: its documents are still read. */
const known = ['active', 'ended'] as const

/** Runs the decision on an agency that the table's `from` says exists. */
function of<Data, Result>(decide: (agency: AgencyFacts, command: Data) => Result) {
  return ({ state, command }: { readonly state: AgencyState; readonly command: Data }): Result => {
    if (state.agency === null) throw new TypeError('a transition from absent has no agency to decide on')
    return decide(state.agency, command)
  }
}

const evolve = (state: AgencyState, event: AgencyEvent): AgencyState => {
  const agency = evolveAgency(state.agency, event)
  if (agency === null) return { status: 'absent', agency }
  return { status: agency.validTo === null ? 'active' : 'ended', agency }
}

/**
 * The life of an agency in the registry: streams `agency-<id>`. `ended` says that an end is recorded, which may lie
 * ahead; whether the agency exists on a day is answered by its dates.
 */
export const agencyWorkflow = workflow<AgencyState, AgencyCommands, AgencyEvents>({
  name: 'agency',
  initial: { status: 'absent', agency: null },
  statuses: {
    absent: { vi: 'chưa có trong danh mục', en: 'absent' },
    active: { vi: 'đang hoạt động', en: 'active' },
    ended: { vi: 'đã kết thúc hoạt động', en: 'ended' },
  },
  transitions: {
    CreateAgency: {
      text: { vi: 'Ghi cơ quan vào danh mục', en: 'Create the agency' },
      input: CreateAgency,
      from: ['absent'],
      by: [registrar],
      to: ['active'],
      decide: ({ command }) => create(command),
    },
    RenameAgency: {
      text: { vi: 'Ghi tên mới', en: 'Rename' },
      input: RenameAgency,
      from: known,
      by: [registrar],
      to: known,
      decide: of(rename),
    },
    AddAlias: {
      text: { vi: 'Thêm cách viết', en: 'Add a spelling' },
      input: AddAlias,
      from: known,
      by: [registrar],
      to: known,
      decide: of(addAlias),
    },
    AssignCode: {
      text: { vi: 'Ghi mã định danh', en: 'Assign a code' },
      input: AssignCode,
      from: known,
      by: [registrar],
      to: known,
      decide: of(assignCode),
    },
    RecordSuccession: {
      text: { vi: 'Ghi cơ quan kế thừa', en: 'Record the succession' },
      input: RecordSuccession,
      from: known,
      by: [registrar],
      to: known,
      decide: of(recordSuccession),
    },
    EndAgency: {
      text: { vi: 'Ghi kết thúc hoạt động', en: 'End the agency' },
      input: EndAgency,
      from: known,
      by: [registrar],
      to: ['ended'],
      decide: of(end),
    },
  },
  evolve: {
    'registry.AgencyCreated': (state, data) => evolve(state, { type: 'registry.AgencyCreated', data }),
    'registry.AgencyRenamed': (state, data) => evolve(state, { type: 'registry.AgencyRenamed', data }),
    'registry.AliasAdded': (state, data) => evolve(state, { type: 'registry.AliasAdded', data }),
    'registry.CodeAssigned': (state, data) => evolve(state, { type: 'registry.CodeAssigned', data }),
    'registry.AgencySucceeded': (state, data) => evolve(state, { type: 'registry.AgencySucceeded', data }),
    'registry.AgencyEnded': (state, data) => evolve(state, { type: 'registry.AgencyEnded', data }),
  },
})
