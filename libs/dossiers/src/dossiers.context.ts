import type { Context } from '#engine'
import { dossierWorkflow } from './domain/dossier.workflow.js'
import { procedureWorkflow } from './domain/procedure.workflow.js'
import { reportPeriodWorkflow } from './domain/report-period.workflow.js'
import { rejectionWorkflow } from './domain/rejection.workflow.js'
import { accountabilityProcess } from './processes/accountability.process.js'
import { boardProjection } from './views/board/board.projection.js'
import { findDossiers } from './views/board/find-dossiers.query.js'
import { findApology } from './views/dossier/apology.query.js'
import { dossierHistory, dossierTransitions, findDossier, locate } from './views/dossier/dossier.queries.js'
import { findDuties } from './views/duties/find-duties.query.js'
import { proceduresProjection } from './views/procedures/procedures.projection.js'
import { findProcedure, listProcedures } from './views/procedures/procedures.queries.js'
import { compareRates } from './views/rates/compare-rates.query.js'
import { findRates } from './views/rates/find-rates.query.js'
import { findRateItems } from './views/rates/rate-items.query.js'
import { ratesProjection } from './views/rates/rates.projection.js'
import { listReportPeriods, reportPeriodTransitions } from './views/rates/report-periods.queries.js'
import { findUnaccounted } from './views/register/unaccounted.query.js'
import { rejectsProjection } from './views/rejects/rejects.projection.js'
import { findRejected, listRejected } from './views/rejects/rejects.queries.js'

/** Administrative dossiers and the procedures they follow. */
export const dossiersContext: Context = {
  workflows: [procedureWorkflow, dossierWorkflow, rejectionWorkflow, reportPeriodWorkflow],
  projections: [proceduresProjection, boardProjection, rejectsProjection, ratesProjection],
  queries: [
    listProcedures,
    findProcedure,
    findDossiers,
    findDossier,
    dossierHistory,
    dossierTransitions,
    findApology,
    locate,
    listRejected,
    findRejected,
    findRates,
    findRateItems,
    compareRates,
    listReportPeriods,
    reportPeriodTransitions,
    findUnaccounted,
    findDuties,
  ],
  processes: [accountabilityProcess],
}
