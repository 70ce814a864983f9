import type { LocalDate } from '#calendar'
import type { Assessment } from '../assessment.js'
import type { StepResult } from '../step-clocks.js'
import { counted, outside, type FigureText, type ReportPeriod, type Share } from './formula.js'

/** One hand-over of a dossier, as of the end of a period. */
export interface StepRun {
  readonly agency: string | null
  readonly due: LocalDate | null
  readonly result: StepResult | null
  /** The day of the next hand-over, or of the dossier's end; null while the step is open. */
  readonly finished: LocalDate | null
}

/** A share of steps. The same rule on first days as for a formula of dossiers. */
export interface StepFormula extends FigureText {
  readonly shareOf: (step: StepRun, period: ReportPeriod) => Share
}

export function stepRuns({ events, life, steps }: Assessment): StepRun[] {
  const ended = life.end === null ? events.length : events.indexOf(life.end)
  const handOvers = events.filter(({ type }, at) => type === 'HandedOver' && at < ended)
  return steps.map((step, at) => ({
    ...step,
    finished: (handOvers[at + 1] ?? life.end)?.occurredAt.date ?? null,
  }))
}

const shared = { denominator: 'Bước kết thúc trong kỳ', source: null, favourable: true } as const

/** Of the steps that ended within the period and have a time of their own, those done by their due day. */
export const stepsOnTime: StepFormula = {
  ...shared,
  name: 'buoc-dung-han',
  text: { vi: 'Tỷ lệ bước giải quyết đúng hạn', en: 'On-time share of the steps ended within the period' },
  numerator: 'Đúng hạn, trước hạn',
  shareOf: (step, period) => (endedWithin(step, period) ? counted(step.result !== 'after') : outside),
}

/** Of the same steps, those done on a day before their due day. */
export const stepsBeforeTime: StepFormula = {
  ...shared,
  name: 'buoc-truoc-han',
  text: { vi: 'Tỷ lệ bước giải quyết trước hạn', en: 'Share of the steps done before their due day' },
  numerator: 'Trước hạn',
  shareOf: (step, period) => (endedWithin(step, period) ? counted(step.result === 'before') : outside),
}

function endedWithin({ result, finished }: StepRun, { from, to }: ReportPeriod): boolean {
  return result !== null && finished !== null && finished >= from && finished <= to
}
