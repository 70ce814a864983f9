import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import type { AgencyEvents } from './agency.events.js'
import { agencyWorkflow, type AgencyState } from './agency.workflow.js'

const source = { source: 'Quyết định 1/QĐ-UBND', confidence: 'document' } as const

function happened<Type extends keyof AgencyEvents>(type: Type, data: AgencyEvents[Type]): Happened {
  return { type, data, by: 'clerk' }
}

const created = happened('registry.AgencyCreated', {
  province: 'son-la',
  kind: 'department',
  name: 'Sở Thử nghiệm',
  parent: null,
  validFrom: '2021-01-01',
  ...source,
})
const ended = happened('registry.AgencyEnded', { validTo: '2025-02-28', decision: null, ...source })

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })
const people = {
  clerk: person('clerk'),
  operator: person('operator'),
  system: person('system'),
  officer: person('lead-officer'),
  head: person('head'),
  assigner: person('assigner'),
  homeAffairs: person('home-affairs'),
  inspectorate: person('inspectorate'),
  auditor: person('auditor'),
  connector: person('connector'),
}
const registrars = ['clerk', 'operator', 'system'] as const

/** The walk of the table of agencies. */
export const agencyCases: WorkflowCases<AgencyState, keyof typeof people> = {
  workflow: agencyWorkflow,
  aggregate: 'son-la.so-thu-nghiem',
  people,
  situations: { absent: [], active: [created], ended: [created, ended] },
  transitions: {
    CreateAgency: {
      data: { province: 'son-la', kind: 'department', name: 'Sở Thử nghiệm', ...source },
      by: registrars,
      answers: '✓ – –',
    },
    RenameAgency: {
      data: { name: 'Sở Thử nghiệm và Đo lường', from: '2025-06-01', ...source },
      by: registrars,
      answers: '– ✓ agency-ended',
    },
    AddAlias: { data: { alias: 'Sở TN', ...source }, by: registrars, answers: '– ✓ ✓' },
    AssignCode: {
      data: { scheme: 'qd20-2020', code: 'H52.01', ...source },
      by: registrars,
      answers: '– ✓ ✓',
    },
    RecordSuccession: {
      data: { successors: ['son-la.so-moi'], date: '2025-03-01', kind: 'merge', ...source },
      by: registrars,
      answers: '– ✓ ✓',
    },
    EndAgency: { data: { validTo: '2025-06-30', ...source }, by: registrars, answers: '– ✓ ✓' },
  },
}
