export { currentLaw, type Rulebook } from './domain/rulebook.js'
export { boundedLines } from './evaluate/bounded-lines.js'
export type { ResolveAgency } from './evaluate/agency-names.js'
export { CollectedLines } from './evaluate/collect-lines.js'
export { evaluateDossiers, type EvaluationSummary } from './evaluate/evaluate-dossiers.js'
export type { EvaluatedDossier, EvaluationCut } from './evaluate/evaluate-one.js'
export { dossiersContext } from './dossiers.context.js'
export { dossierWorkflow } from './domain/dossier.workflow.js'
export { rejectionWorkflow } from './domain/rejection.workflow.js'
export { ingestLines, ingestRoles, mayIngest, type IngestParts } from './ingest/ingest-lines.js'
export type { IngestSummary, LineOutcome } from './ingest/line-outcome.js'
export { assessForExplanation, decidesOnExplanation } from './record/assess-for-explanation.js'
export { checkCorrection } from './record/check-correction.js'
export { assessForClosing, closeDossier } from './record/close-dossier.js'
export {
  importProcedures,
  type ProcedureImport,
  type ProcedureRowReport,
} from './record/import-procedures.js'
export { messageTableLines } from './tables/message-table.js'
export { simulateDossiers, simulatedProcedureLines } from './simulate/simulate-dossiers.js'
export { writeApology } from './reports/apology-letter.js'
export { boardProjection } from './views/board/board.projection.js'
export { findDossiers, type DossierListed, type DossierPage } from './views/board/find-dossiers.query.js'
export { apologyFileName, findApology } from './views/dossier/apology.query.js'
export {
  dossierHistory,
  dossierTransitions,
  findDossier,
  locate,
  type DossierHistoryEntry,
} from './views/dossier/dossier.queries.js'
export {
  findProcedure,
  listProcedures,
  type ProcedureListed,
  type ProcedureShown,
} from './views/procedures/procedures.queries.js'
export {
  findRejected,
  listRejected,
  type RejectedListed,
  type RejectedShown,
} from './views/rejects/rejects.queries.js'
export { breakdownHeadings, reportFormats, writeRates, type ReportFormat } from './reports/rates-report.js'
export { compareRates, type Comparison } from './views/rates/compare-rates.query.js'
export { breakdowns, findRates, type Rates } from './views/rates/find-rates.query.js'
export { findRateItems, type RateItems } from './views/rates/rate-items.query.js'
export { listReportPeriods, reportPeriodTransitions } from './views/rates/report-periods.queries.js'
export {
  provincialPeriods,
  reportPeriodWorkflow,
  type ReportPeriodState,
} from './domain/report-period.workflow.js'
export type { SetPeriod } from './domain/report-period.js'
export { reportPeriodSeedCommand } from './record/report-periods.js'
export { ratesProjection } from './views/rates/rates.projection.js'
export { findDuties, type Duties, type DutyLine } from './views/duties/find-duties.query.js'
export { findUnaccounted, type Register, type RegisterLine } from './views/register/unaccounted.query.js'
