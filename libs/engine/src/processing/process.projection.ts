import { foldTouched, type Touched } from '../projecting/fold-touched.js'
import type { Projection } from '../projecting/projection.js'
import {
  createProcess,
  deleteIncidents,
  insertIncidents,
  selectInstanceStates,
  upsertInstances,
} from './process.sql.js'
import type { ProcessState } from './process.state.js'
import { processWorkflow } from './process.workflow.js'

/** Every instance of every process, and the incidents that are open. */
export const processProjection: Projection = {
  name: 'process',
  version: 2,
  events: processWorkflow.eventTypes,
  create: createProcess,
  rules: [
    selectInstanceStates,
    upsertInstances,
    deleteIncidents,
    insertIncidents,
    instanceRow,
    incidentRows,
    processWorkflow,
  ],
  async apply(transaction, events) {
    const touched = await foldTouched(processWorkflow, events, transaction, selectInstanceStates)
    if (touched.length === 0) return
    await transaction.query(upsertInstances, [JSON.stringify(touched.map(instanceRow))])
    await transaction.query(deleteIncidents, [touched.map(({ id }) => id)])
    await transaction.query(insertIncidents, [JSON.stringify(touched.flatMap(incidentRows))])
  },
}

/** Of `<process>:<instance>`; the names of processes hold no colon. */
function nameOf(id: string): { readonly process: string; readonly instance: string } {
  const colon = id.indexOf(':')
  return { process: id.slice(0, colon), instance: id.slice(colon + 1) }
}

function instanceRow({ id, state, updatedAt }: Touched<ProcessState>): object {
  const { status, version, inputs, outbox, queue, incidents } = state
  return {
    id,
    ...nameOf(id),
    status,
    version,
    reactions: inputs.length,
    unsent: outbox.length,
    waiting: queue.length,
    incidents: incidents.length,
    updated_at: updatedAt,
    state,
  }
}

function incidentRows({ id: of, state }: Touched<ProcessState>): object[] {
  return state.incidents.map(({ id, kind, code, message, event, command, at }) => {
    const sent = command && { index: command.index, event: command.event, ...command.command }
    return { id: `${of}/${id}`, of, ...nameOf(of), kind, code, message, event, command: sent, at }
  })
}
