import { addDays, type LocalDate } from '#calendar'
import type { Duty } from '#accountability'
import type { Owing } from '../accountability.js'
import { assess, type Assessment } from '../assessment.js'
import type { DossierMessage } from '../dossier.message.js'
import type { RecordedVersion } from '../procedure.events.js'
import type { Rulebook } from '../rulebook.js'
import { dossierFormulas, stepFormulas } from './all-formulas.js'
import type { ReportPeriod, Share } from './formula.js'
import { stepRuns } from './step-formula.js'

/** In place of a day: for ever. Later than any day, as text too. */
export const noEnd = 'infinity'

/** How a formula counts one thing at the end of a period: for all first days up to `until`. */
export interface Counting {
  /** Or `noEnd`. */
  readonly until: LocalDate
  readonly numerator: 0 | 1
}

/** All that the figures and the register know of a dossier, or of one of its steps, as of a day. */
export interface Figure {
  /** 0 is the dossier, n its n-th hand-over. */
  readonly step: number
  /** That accepted the dossier; of a step, that handles it. As the source writes it. */
  readonly agency: string | null
  readonly procedure: string
  /** Lĩnh vực. */
  readonly field: string | null
  readonly channel: string | null
  readonly accepted: LocalDate | null
  readonly due: LocalDate | null
  readonly ended: LocalDate | null
  /** The first late day; null where it is not late. */
  readonly since: LocalDate | null
  readonly missing: readonly Duty[]
  readonly owedBy: Owing
  /** In the order of `allFormulas`. */
  readonly countings: readonly (Counting | null)[]
}

/** A figure that holds for every period that ends in these days. */
export interface FigureSpan extends Figure {
  readonly from: LocalDate
  /** Or `noEnd`. */
  readonly until: LocalDate
}

/**
 * What each formula makes of settled events, at least one, for all periods at once. Between the days on which
 * something happens or a time runs out nothing changes: so the formulas are asked on those days only, and what they say
 * is kept until the next.
 *
 * @throws RoviecError `calendar-year-unknown`.
 */
export function figuresOverTime(rulebook: Rulebook, events: readonly DossierMessage[]): FigureSpan[] {
  const happened = [...new Set(events.map(({ occurredAt }) => occurredAt.date))].sort()
  const asked: { readonly day: LocalDate; readonly figures: readonly Figure[] }[] = []
  const ask = (day: LocalDate): Assessment | null => {
    const assessment = assess(rulebook, events, { date: day, time: null })
    if (assessment !== null) asked.push({ day, figures: figuresOf(assessment, rulebook, happened) })
    return assessment
  }
  for (const [at, day] of happened.entries()) {
    const assessment = ask(day)
    const next = happened[at + 1] ?? noEnd
    if (assessment !== null)
      for (const turn of turningDays(assessment, rulebook)) if (turn > day && turn < next) ask(turn)
  }
  return joined(asked)
}

/** Days as of which passing time alone makes another figure. */
function turningDays(assessment: Assessment, rulebook: Rulebook): LocalDate[] {
  const { clock, life, steps } = assessment
  const days = new Set<LocalDate>()
  if (life.end === null && clock.due !== null) days.add(addDays(clock.due, 1))
  for (const { due, result } of steps) if (due !== null && result === null) days.add(addDays(due, 1))
  for (const { turnsOn } of dossierFormulas) {
    const day = turnsOn?.(assessment, rulebook) ?? null
    if (day !== null) days.add(day)
  }
  return [...days].sort()
}

function figuresOf(assessment: Assessment, rulebook: Rulebook, happened: readonly LocalDate[]): Figure[] {
  const { life, clock, register, procedure, asOf } = assessment
  const counting = (share: (period: ReportPeriod) => Share): Counting | null =>
    countingOf(share, asOf.date, happened)
  const common = {
    procedure: procedure.code,
    field: (procedure as Partial<RecordedVersion>).field ?? null,
    channel: life.submitted?.channel ?? life.accepted?.channel ?? null,
    accepted: life.accepted?.occurredAt.date ?? null,
  }
  const late = assessment.lateness.late
  const dossier: Figure = {
    ...common,
    step: 0,
    agency: life.accepted?.agency ?? life.submitted?.agency ?? null,
    due: clock.due,
    ended: life.end?.occurredAt.date ?? null,
    since: late ? addDays(clock.due!, 1) : null,
    missing: register?.missing ?? [],
    owedBy: register?.owedBy ?? {},
    countings: [
      ...dossierFormulas.map(({ shareOf }) => counting((period) => shareOf(assessment, period, rulebook))),
      ...stepFormulas.map(() => null),
    ],
  }
  const steps = stepRuns(assessment).map((step, at): Figure => ({
    ...common,
    step: at + 1,
    agency: step.agency,
    due: step.due,
    ended: step.finished,
    since: null,
    missing: [],
    owedBy: {},
    countings: [
      ...dossierFormulas.map(() => null),
      ...stepFormulas.map(({ shareOf }) => counting((period) => shareOf(step, period))),
    ],
  }))
  return [dossier, ...steps].filter(({ countings }) => countings.some((each) => each !== null))
}

/** No period begins later. */
const lastFirstDay = '9999-12-31'

function countingOf(
  share: (period: ReportPeriod) => Share,
  to: LocalDate,
  happened: readonly LocalDate[],
): Counting | null {
  const [always, isAlways] = share({ from: lastFirstDay, to })
  if (isAlways === 1) return { until: noEnd, numerator: always }
  for (const from of happened.toReversed()) {
    if (from > to) continue
    const [numerator, denominator] = share({ from, to })
    if (denominator === 1) return { until: from, numerator }
  }
  return null
}

/** Equal figures of neighbouring days as one span. */
function joined(
  asked: readonly { readonly day: LocalDate; readonly figures: readonly Figure[] }[],
): FigureSpan[] {
  const spans: FigureSpan[] = []
  const open = new Map<number, { readonly text: string; readonly from: LocalDate; readonly figure: Figure }>()
  const close = (step: number, next: LocalDate | null): void => {
    const { figure, from } = open.get(step)!
    spans.push({ ...figure, from, until: next === null ? noEnd : addDays(next, -1) })
    open.delete(step)
  }
  for (const { day, figures } of asked) {
    const texts = new Map(figures.map((figure) => [figure.step, JSON.stringify(figure)]))
    for (const [step, { text }] of open) if (texts.get(step) !== text) close(step, day)
    for (const figure of figures)
      if (!open.has(figure.step)) open.set(figure.step, { text: texts.get(figure.step)!, from: day, figure })
  }
  for (const step of open.keys()) close(step, null)
  return spans
}
