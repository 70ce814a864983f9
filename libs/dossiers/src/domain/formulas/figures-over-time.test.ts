import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addDays } from '#calendar'
import { assess } from '../assessment.js'
import type { DossierMessage } from '../dossier.message.js'
import { lives, livesOr, longRunMs, messagesOf, procedureOf } from '../dossier.lives.test-support.js'
import { message, procedure, rulebook, within } from '../dossier.test-support.js'
import type { ProcedureVersion } from '../procedure.js'
import type { Rulebook } from '../rulebook.js'
import { settleMessages } from '../settle-messages.js'
import { allFormulas, dossierFormulas, stepFormulas } from './all-formulas.js'
import { figuresOverTime, noEnd, type FigureSpan } from './figures-over-time.js'
import type { ReportPeriod } from './formula.js'
import { stepRuns } from './step-formula.js'

/** What the spans say of a period: `step/formula: [numerator, denominator]`, where it counts. */
function told(spans: readonly FigureSpan[], { from, to }: ReportPeriod): Record<string, number> {
  const alive = spans.filter((span) => span.from <= to && (span.until === noEnd || span.until >= to))
  const entries = alive.flatMap(({ step, countings }) =>
    countings.flatMap((counting, at) =>
      counting !== null && (counting.until === noEnd || counting.until >= from)
        ? [[`${step}/${allFormulas[at]!.name}`, counting.numerator] as const]
        : [],
    ),
  )
  return Object.fromEntries(entries)
}

/** The same by asking each formula about this one period. */
function asked(rules: Rulebook, events: readonly DossierMessage[], period: ReportPeriod) {
  const assessment = assess(rules, events, { date: period.to, time: null })!
  const shares = [
    ...dossierFormulas.map(({ name, shareOf }) => [`0/${name}`, shareOf(assessment, period, rules)] as const),
    ...stepRuns(assessment).flatMap((step, at) =>
      stepFormulas.map(({ name, shareOf }) => [`${at + 1}/${name}`, shareOf(step, period)] as const),
    ),
  ]
  return {
    assessment,
    counted: Object.fromEntries(
      shares.flatMap(([name, [numerator, denominator]]) => (denominator === 1 ? [[name, numerator]] : [])),
    ),
  }
}

const steps: ProcedureVersion['steps'] = [
  { id: null, agency: 'mot-cua', within: within(1) },
  { id: null, agency: 'so-nnmt', within: within(4) },
]

describe('figures over time', () => {
  it(
    'say of every period what the formulas say of it',
    () => {
      const days = fc.array(fc.tuple(fc.integer({ min: -3, max: 100 }), fc.nat({ max: 60 })), {
        minLength: 5,
        maxLength: 25,
      })
      fc.assert(
        fc.property(lives, days, (life, offsets) => {
          const version = { ...procedureOf(life), steps }
          const { events } = settleMessages(messagesOf(life))
          const rules = rulebook(version)
          const spans = figuresOverTime(rules, events)
          const first = events[0]!.occurredAt.date
          for (const [offset, length] of offsets) {
            const to = addDays(first, offset)
            const period = { from: addDays(to, -length), to }
            const { assessment, counted } = asked(rules, events, period)
            expect({ ...period, counted: told(spans, period) }).toEqual({ ...period, counted })
            const line = spans.find(
              ({ step, from, until }) => step === 0 && from <= to && (until === noEnd || until >= to),
            )
            expect(line?.missing ?? []).toEqual(assessment.register?.missing ?? [])
            expect(line?.owedBy ?? {}).toEqual(assessment.register?.owedBy ?? {})
            const since = assessment.lateness.late ? addDays(assessment.clock.due!, 1) : null
            expect(line?.since ?? null).toBe(since)
          }
        }),
        livesOr(125),
      )
    },
    longRunMs,
  )

  it('are few: an ordinary dossier in time has one while it is open, one once it is late, one when it has ended', () => {
    const life = [message('Accepted', '2026-04-15'), message('Resolved', '2026-05-06')]
    const { events } = settleMessages(life)
    expect(
      figuresOverTime(rulebook(procedure()), events).map(({ from, until, since }) => [from, until, since]),
    ).toEqual([
      ['2026-04-15', '2026-05-04', null],
      ['2026-05-05', '2026-05-05', '2026-05-05'],
      ['2026-05-06', 'infinity', '2026-05-05'],
    ])
  })

  it('explain themselves in Vietnamese', () => {
    const supplement = [message('SupplementRequested', '2026-04-21'), message('Supplemented', '2026-04-23')]
    const version = procedure({ supplement: 'restart' })
    const events = settleMessages([
      message('Accepted', '2026-04-15'),
      ...supplement,
      message('Resolved', '2026-05-08'),
    ]).events
    const period = { from: '2026-04-01', to: '2026-06-30' }
    const { assessment } = asked(rulebook(version), events, period)
    const texts = dossierFormulas.map(
      ({ name, explain }) => `${name}: ${explain(assessment, period, rulebook(version))}`,
    )
    expect(texts).toEqual([
      'qd766-2.1: quá hạn: kết thúc ngày 08/05/2026, hạn tính cả thời gian chờ bổ sung 06/05/2026',
      'can-xu-ly: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
      'don-gian: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
      'early: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
      'coverage: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
      'unaccounted: sớm hạn: xong ngày 08/05/2026, hạn theo quy định 12/05/2026',
    ])
  })
})
