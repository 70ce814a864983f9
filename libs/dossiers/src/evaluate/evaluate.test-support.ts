import { parseMoment, usualOfficeHours } from '#calendar'
import { testCalendar } from '../domain/dossier.test-support.js'
import { currentLaw } from '../domain/rulebook.js'
import { CollectedLines } from './collect-lines.js'
import { evaluateDossiers, type EvaluationSummary } from './evaluate-dossiers.js'
import type { EvaluatedDossier } from './evaluate-one.js'

export const procedureLine = {
  kind: 'procedure',
  code: 'TT-10',
  time: 10,
  unit: 'working-day',
  supplement: 'resume',
}
export const line = (id: string, type: string, occurredAt: string, more: object = {}) => ({
  source: 'mcdt',
  id,
  dossier: 'H52-1',
  type,
  occurredAt,
  procedure: 'TT-10',
  ...more,
})

/** Due 04/5/2026. */
export const accepted = line('a', 'Accepted', '2026-04-15T09:00:00+07:00', { agency: 'mot-cua' })
export const resolved = line('r', 'Resolved', '2026-05-06', { agency: 'so-nnmt' })

interface Cut {
  readonly asOf?: string
  readonly knownAt?: string
  readonly from?: string
  readonly to?: string
}

export function evaluated(lines: readonly (object | string)[], cut: Cut = {}) {
  const collected = new CollectedLines(testCalendar, (name) => (name === 'ban-nao-do' ? null : name))
  lines.forEach((each, at) =>
    collected.take({ number: at + 1, text: typeof each === 'string' ? each : JSON.stringify(each) }),
  )
  const asOf = parseMoment(cut.asOf ?? '2026-06-30')
  const evaluation = evaluateDossiers(
    { calendar: testCalendar, hours: usualOfficeHours, law: currentLaw, procedures: collected.procedures },
    collected,
    {
      asOf,
      knownAt: cut.knownAt === undefined ? null : parseMoment(cut.knownAt),
      period: { from: cut.from ?? '0001-01-01', to: cut.to ?? asOf.date },
    },
  )
  const dossiers: EvaluatedDossier[] = []
  for (;;) {
    const { done, value } = evaluation.next()
    if (done === true) return { dossiers, summary: value }
    dossiers.push(value)
  }
}

export const rejectedIn = ({ summary }: { summary: EvaluationSummary }) =>
  summary.rejected.map(({ line: number, code }) => `${number} ${code}`)
