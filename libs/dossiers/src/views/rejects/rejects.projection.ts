import type { EventMetadata, Projection } from '#engine'
import type { Workflow } from '#engine/workflow'
import type { RecordedEvent } from '#event-store'
import type { DossierFact } from '../../domain/dossier.events.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { rejectionWorkflow, type LineRejected } from '../../domain/rejection.workflow.js'
import { rowsText } from '../rows-text.js'
import { createRejects, dismissRejects, insertRejects, settleRejects } from './rejects.sql.js'

/** Lines of sources that were not taken, and what became of them. */
export const rejectsProjection: Projection = {
  name: 'dossier_rejects',
  version: 3,
  events: [...rejectionWorkflow.eventTypes, ...dossierWorkflow.eventTypes],
  create: createRejects,
  async apply(transaction, events) {
    const rejected = events.filter(({ type }) => type === 'dossier.LineRejected')
    if (rejected.length > 0) await transaction.query(insertRejects, [rowsText(rejected.map(rowOf))])
    const dismissed = events.filter(({ type }) => type === 'dossier.LineDismissed')
    if (dismissed.length > 0)
      await transaction.query(dismissRejects, [dismissed.map((event) => lineOf(event).key)])
    const facts = events.filter(({ stream }) => stream.startsWith(`${dossierWorkflow.name}-`))
    if (facts.length > 0) await transaction.query(settleRejects, [rowsText(facts.map(identityOf))])
  },
}

function rowOf(event: RecordedEvent): object {
  const { key, line, cut, code, message, source, id, dossier } = lineOf(event) as LineRejected
  return {
    key,
    stream: event.stream,
    position: String(event.position),
    source,
    event_id: id,
    dossier,
    code,
    message,
    line,
    cut,
    rejected_at: event.recordedAt.toISOString(),
    state: 'open',
  }
}

function lineOf(event: RecordedEvent): Pick<LineRejected, 'key'> {
  return todaysData(rejectionWorkflow, event) as Pick<LineRejected, 'key'>
}

function identityOf(event: RecordedEvent): object {
  const { source, dossier, id } = todaysData(dossierWorkflow, event) as DossierFact
  return { source, dossier, id, position: String(event.position) }
}

/** @throws UnknownEventVersion */
function todaysData(workflow: Workflow, { type, data, metadata }: RecordedEvent): unknown {
  return workflow.upcast(type, data, (metadata as unknown as EventMetadata).schema)
}
