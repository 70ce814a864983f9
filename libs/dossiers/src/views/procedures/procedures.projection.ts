import { foldTouched, type Projection } from '#engine'
import { procedureWorkflow } from '../../domain/procedure.workflow.js'
import { rowsText } from '../rows-text.js'
import { createProcedures, selectProcedureStates, upsertProcedures } from './procedures.sql.js'

/** Procedures as they stand, for lists. */
export const proceduresProjection: Projection = {
  name: 'procedures',
  version: 1,
  events: procedureWorkflow.eventTypes,
  create: createProcedures,
  async apply(transaction, events) {
    const procedures = await foldTouched(procedureWorkflow, events, transaction, selectProcedureStates)
    const rows = procedures.map(({ id, state }) => ({ key: id, code: state.code, state }))
    await transaction.query(upsertProcedures, [rowsText(rows)])
  },
}
