import type { SourceDocument } from '#documents/references'
import type { EventOf } from '#engine/workflow'
import type { SetPeriod } from './report-period.js'

/** All events of the stream `report-period-province`. */
export interface ReportPeriodEvents {
  /** Those that come with the program. */
  'report-period.Begun': { readonly periods: readonly SetPeriod[] }
  'report-period.Set': Omit<SetPeriod, 'source'> & { readonly document: SourceDocument }
}

export type ReportPeriodEvent = EventOf<ReportPeriodEvents>
