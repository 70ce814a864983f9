import { describe, expect, it } from '@jest/globals'
import { BusinessCalendar, parseMoment, usualOfficeHours } from '#calendar'
import type { CalendarState } from '#calendar/record'
import { CollectedLines, currentLaw, evaluateDossiers } from '#dossiers'
import { dossierHistory, dossierStates, linesOf, readLines, replay, type Line } from './replay.js'

interface KeptDossier {
  readonly code: string
  readonly status: string
  readonly messages: readonly (Readonly<Record<string, unknown>> & { readonly receivedAt: string })[]
}

/** The demo of June 2026, a rejected line and a closing, as the log had them. */
describe('the recorded history of dossiers', () => {
  const lines = readLines<Line>(dossierHistory)
  const states = replay(lines)
  const kept = <State>(prefix: string): State[] =>
    [...states].filter(([stream]) => stream.startsWith(prefix)).map(([, state]) => state as unknown as State)

  it('gives the states it always gave', () => {
    const expected = readLines<{ readonly stream: string }>(dossierStates)
    const actual = linesOf(states).map((line) => JSON.parse(line) as { readonly stream: string })
    expect(actual.map(({ stream }) => stream)).toEqual(expected.map(({ stream }) => stream))
    actual.forEach((state, index) => expect(state).toEqual(expected[index]))
  })

  it('gives the due dates and the lateness that were counted by hand', () => {
    const [recorded] = kept<CalendarState>('calendar-')
    const calendar = new BusinessCalendar({ name: 'vn', number: recorded!.number, years: recorded!.years })
    const collected = new CollectedLines(calendar, () => null)
    for (const { code, messages } of kept<KeptDossier>('dossier-'))
      for (const { receivedAt, appointment, newDate, signer, by, corrects, change, due, ...line } of messages)
        collected.take({
          number: 1,
          text: JSON.stringify({
            ...line,
            source: 'minh-hoa',
            dossier: code,
            recordedAt: receivedAt,
            data: { appointment, newDate, signer, by, corrects, change, due },
          }),
        })
    const procedures = new Map(
      kept<{ code: string; versions: [] }>('procedure-').map(({ code, versions }) => [code, versions]),
    )
    const rulebook = { calendar, hours: usualOfficeHours, law: currentLaw, procedures }
    const cut = {
      asOf: parseMoment('2026-06-01'),
      knownAt: null,
      period: { from: '0001-01-01', to: '2026-06-01' },
    }
    const verdicts = [...evaluateDossiers(rulebook, collected, cut)].map(
      ({ dossier, due, late, lateBy, early }) => [
        dossier,
        due,
        late ? lateBy.workingDays : early ? 'early' : 'in time',
      ],
    )
    expect(verdicts).toEqual([
      ['DEMO-2025-0001', '2025-08-25', 'in time'],
      ['DEMO-2025-0002', '2025-08-25', 'early'],
      ['DEMO-2025-0003', '2025-08-25', 3],
      ['DEMO-2025-0004', '2025-08-25', 6],
      ['DEMO-2025-0005', '2025-08-25', 'early'],
      ['DEMO-2025-0006', '2025-08-21', 'in time'],
      ['DEMO-2026-0007', '2026-05-04', 5],
      ['DEMO-2026-0008', null, 'in time'],
    ])
    const closed = kept<KeptDossier>('dossier-').filter(({ status }) => status === 'closed')
    expect(closed.map(({ code }) => code)).toEqual(['DEMO-2026-0007'])
  })
})
