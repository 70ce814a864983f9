import type { Query } from '#engine'
import { availableTransitions, NoData, type AvailableTransition } from '#engine/workflow'
import type { SetPeriod } from '../../domain/report-period.js'
import { reportPeriodWorkflow } from '../../domain/report-period.workflow.js'
import { reportPeriods, reportPeriodState } from '../../record/report-periods.js'
import { dossierReaders } from '../who-may-read.js'

/** The periods that documents set, by name. Any other quarter, half-year or month is the calendar's. */
export const listReportPeriods: Query<NoData, readonly SetPeriod[]> = {
  name: 'dossiers.report-periods',
  text: { vi: 'Các kỳ báo cáo theo văn bản', en: 'Report periods set by documents' },
  input: NoData,
  roles: dossierReaders,
  view: null,
  answer: async ({ store }) => (await reportPeriods(store)).periods,
}

/** What the actor may do with report periods now, and why not the rest. */
export const reportPeriodTransitions: Query<NoData, readonly AvailableTransition[]> = {
  name: 'dossiers.report-period-transitions',
  text: { vi: 'Các thao tác với kỳ báo cáo', en: 'What may be done with report periods' },
  input: NoData,
  roles: dossierReaders,
  view: null,
  answer: async ({ store, actor }) =>
    availableTransitions(reportPeriodWorkflow, await reportPeriodState(store), actor),
}
