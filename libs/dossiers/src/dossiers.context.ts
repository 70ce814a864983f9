import type { Context } from '#engine'
import { dossierWorkflow } from './domain/dossier.workflow.js'
import { procedureWorkflow } from './domain/procedure.workflow.js'
import { rejectionWorkflow } from './domain/rejection.workflow.js'
import { boardProjection } from './views/board/board.projection.js'
import { findDossiers } from './views/board/find-dossiers.query.js'
import { dossierHistory, dossierTransitions, findDossier, locate } from './views/dossier/dossier.queries.js'
import { proceduresProjection } from './views/procedures/procedures.projection.js'
import { findProcedure, listProcedures } from './views/procedures/procedures.queries.js'
import { rejectsProjection } from './views/rejects/rejects.projection.js'
import { findRejected, listRejected } from './views/rejects/rejects.queries.js'

/** Administrative dossiers and the procedures they follow. */
export const dossiersContext: Context = {
  workflows: [procedureWorkflow, dossierWorkflow, rejectionWorkflow],
  projections: [proceduresProjection, boardProjection, rejectsProjection],
  queries: [
    listProcedures,
    findProcedure,
    findDossiers,
    findDossier,
    dossierHistory,
    dossierTransitions,
    locate,
    listRejected,
    findRejected,
  ],
}
