import type { Actor } from '#engine/workflow'
import type { WorkflowCases } from '#testing/workflow'
import { projectionWorkflow, type ProjectionState } from './projection.workflow.js'

const person = (role: string): Actor => ({ id: `${role}-1`, agency: null, roles: [role], scope: 'all' })
const people = {
  operator: person('operator'),
  system: person('system'),
  clerk: person('clerk'),
  auditor: person('auditor'),
  inspectorate: person('inspectorate'),
}
const reason = 'Thử trên môi trường vận hành'
const stream = 'task-CCHC2025-II-5'

/** The walk of the table of views as operators order them about. */
export const projectionCases: WorkflowCases<ProjectionState, keyof typeof people> = {
  workflow: projectionWorkflow,
  aggregate: 'task_board',
  people,
  situations: {
    running: [],
    paused: [{ type: 'projection.Paused', data: { reason }, by: 'operator-1' }],
  },
  transitions: {
    Rebuild: { data: { version: 2, reason }, by: ['operator'], answers: '✓ ✓' },
    Promote: { data: { version: 2, reason }, by: ['operator', 'system'], answers: '✓ ✓' },
    Rollback: { data: { reason }, by: ['operator'], answers: '✓ ✓' },
    Pause: { data: { reason }, by: ['operator'], answers: '✓ –' },
    Resume: { data: { reason }, by: ['operator'], answers: '– ✓' },
    Replay: { data: { stream, reason }, by: ['operator'], answers: '✓ ✓' },
    Discard: { data: { stream, first: '3', last: '5', reason }, by: ['operator'], answers: '✓ ✓' },
  },
}
