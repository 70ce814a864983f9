import type { Actor } from '#engine/workflow'
import type { Happened, WorkflowCases } from '#testing/workflow'
import { walkedAt } from '#testing/workflow'
import type { DossierFact } from './dossier.events.js'
import type { DossierMessageType } from './dossier.message.js'
import type { DossierState } from './dossier.state.js'
import { dossierWorkflow } from './dossier.workflow.js'
import { procedureWorkflow, type ProcedureState } from './procedure.workflow.js'
import { rejectionWorkflow, type RejectionState } from './rejection.workflow.js'

const person = (role: string, agency: string | null = null): Actor => ({
  id: `${role}-1`,
  agency,
  roles: [role],
  scope: agency === null ? 'all' : [agency],
})

/** One of each role; the officer and the head are of the agency that the dossier names, the stranger of another. */
export const people = {
  clerk: person('clerk'),
  officer: person('lead-officer', 'so-nnmt'),
  head: person('head', 'so-nnmt'),
  stranger: { ...person('head', 'so-y-te'), roles: ['head', 'lead-officer'] },
  connector: person('connector'),
  system: person('system'),
  assigner: person('assigner'),
  homeAffairs: person('home-affairs'),
  inspectorate: person('inspectorate'),
  auditor: person('auditor'),
  operator: person('operator'),
}
type Person = keyof typeof people

const key = { source: 'mcdt', dossier: 'H52-1' }

export function happened(
  type: DossierMessageType,
  id: string,
  about: Partial<DossierFact> = {},
  by = 'connector-1',
): Happened {
  const fact = { ...key, id, occurredAt: '2025-03-03', receivedAt: '2025-03-03T02:00:00.000Z', ...about }
  return { type: `dossier.${type}`, data: fact, by }
}

const accepted = happened('Accepted', 'a', {
  agency: 'Sở NN&MT',
  agencies: { 'Sở NN&MT': 'so-nnmt' },
  pin: { calendar: 'vn/7', procedure: 1 },
})
const explained = happened('Explained', 'roviec:2', { reason: 'Chờ ý kiến', own: true }, 'lead-officer-1')
const apology = happened('ApologyIssued', 'roviec:3', { reason: 'Chậm', own: true }, 'head-1')
const closed = happened('Closed', 'roviec:2', { own: true }, 'clerk-1')

const reporters = ['connector', 'clerk', 'system'] as const
const unit = ['officer', 'head', 'clerk'] as const

/** The walk of the table of dossiers. */
export const dossierCases: WorkflowCases<DossierState, Person> = {
  workflow: dossierWorkflow,
  aggregate: 'mcdt:H52-1',
  people,
  situations: {
    absent: [],
    open: [accepted],
    explained: [accepted, explained],
    apologised: [accepted, explained, apology],
    closed: [accepted, closed],
  },
  transitions: {
    TakeMessages: {
      data: { ...key, messages: [{ type: 'Resolved', id: 'r', occurredAt: '2025-03-17T09:00:00+07:00' }] },
      by: reporters,
      answers: '✓ ✓ ✓ ✓ ✓',
    },
    Explain: {
      data: { text: 'Chờ ý kiến thẩm định', by: { position: 'Chuyên viên', name: 'Công chức' } },
      by: unit,
      answers: '– ✓ ✓ ✓ –',
    },
    AcceptExplanation: {
      data: { assessed: { messages: 2, decidedBy: null } },
      by: ['head'],
      answers: '– explanation-missing ✓ assessment-stale –',
    },
    RejectExplanation: {
      data: { assessed: { messages: 2, decidedBy: null }, reason: 'Chưa rõ nguyên nhân' },
      by: ['head'],
      answers: '– explanation-missing ✓ assessment-stale –',
    },
    IssueApology: {
      data: { reason: 'Chậm do thẩm định', newDate: '2025-03-28', signer: { position: 'Giám đốc' } },
      by: unit,
      answers: '– ✓ ✓ ✓ –',
    },
    DeliverApology: {
      data: { how: 'Gửi qua bưu chính' },
      by: unit,
      answers: '– apology-missing apology-missing ✓ apology-missing',
    },
    Close: {
      data: { assessed: { messages: 1, missing: [] } },
      by: ['head', 'clerk'],
      answers: '– ✓ assessment-stale assessment-stale –',
    },
    Correct: {
      data: { corrects: 'a', change: { occurredAt: '2025-03-04' }, reason: 'Ghi nhầm ngày' },
      by: ['clerk'],
      answers: '– ✓ ✓ ✓ ✓',
    },
    MarkOverdue: { data: { due: '2025-03-17' }, by: ['system'], answers: '– ✓ ✓ ✓ ✓' },
    MarkSupplementExpired: { data: { due: '2025-03-17' }, by: ['system'], answers: '– ✓ ✓ ✓ ✓' },
  },
  // A dossier that is not there yet names no agency.
  mayNot: (who, situation) => situation === 'absent' && (who === 'officer' || who === 'head'),
}

const version = { code: '1.004193', time: 10, unit: 'working-day', document: 'Quyết định 1/QĐ-UBND' }

/** The walk of the table of procedures. */
export const procedureCases: WorkflowCases<ProcedureState, Person> = {
  workflow: procedureWorkflow,
  aggregate: '1.004193',
  people,
  situations: {
    absent: [],
    kept: [
      {
        type: 'procedure.VersionAdded',
        by: 'clerk-1',
        data: {
          code: '1.004193',
          name: null,
          field: null,
          validFrom: null,
          within: { unit: 'working-days', amount: 12 },
          supplement: 'resume',
          maxSupplements: 1,
          feeStopsClock: false,
          lastHourRule: false,
          steps: [],
          source: { document: 'Quyết định 1/QĐ-UBND', issuedOn: null },
        },
      },
    ],
  },
  transitions: {
    SetVersion: {
      data: version,
      by: ['clerk', 'homeAffairs', 'operator', 'system'],
      answers: '✓ procedure-version-differs',
    },
  },
}

const rejected = {
  key: 'a0b9e975-9d26-84c4-ba06-f00c59c48e9a',
  line: '{"source":"mcdt"}',
  cut: false,
  code: 'field-missing',
  message: { vi: 'Thiếu trường “id”.', en: 'The member “id” is missing.' },
}

/** The walk of the table of rejected lines. */
export const rejectionCases: WorkflowCases<RejectionState, Person> = {
  workflow: rejectionWorkflow,
  aggregate: `mcdt:${walkedAt.slice(0, 10)}:0`,
  people,
  situations: {
    absent: [],
    kept: [
      {
        type: 'dossier.LineRejected',
        by: 'connector-1',
        data: { ...rejected, source: 'mcdt', id: null, dossier: null },
      },
    ],
  },
  transitions: {
    KeepLines: {
      data: {
        lines: [
          { line: 'not json', cut: false, code: 'line-not-json', message: { vi: 'Sai.', en: 'Wrong.' } },
        ],
      },
      by: reporters,
      answers: '✓ ✓',
    },
    DismissLines: {
      data: { keys: [rejected.key], reason: 'Đã gửi lại bằng mã khác' },
      by: ['clerk'],
      answers: '– ✓',
    },
  },
}
