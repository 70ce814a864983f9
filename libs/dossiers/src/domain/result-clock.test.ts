import { describe, expect, it } from '@jest/globals'
import { assessed, message, procedure, within } from './dossier.test-support.js'
import type { ProcedureVersion } from './procedure.js'

const accepted15April = message('Accepted', '2026-04-15')
const supplement21to23 = [message('SupplementRequested', '2026-04-21'), message('Supplemented', '2026-04-23')]

describe('the first due date', () => {
  // 2025: off 30/4, 01/5, 02/5 (swap), worked Saturday 26/4. 2026: off 27/4, 30/4, 01/5, 24/11; worked Saturday 22/8.
  const cases: readonly [accepted: string, given: Partial<ProcedureVersion>, due: string][] = [
    ['2025-04-15', {}, '2025-04-28'],
    ['2025-04-24', { within: within(3) }, '2025-04-28'],
    ['2025-04-29', { within: within(1) }, '2025-05-05'],
    ['2025-04-26', { within: within(1) }, '2025-04-28'],
    ['2026-04-15', {}, '2026-05-04'],
    ['2026-04-24', { within: within(1) }, '2026-04-28'],
    ['2026-04-25', { within: within(1) }, '2026-04-28'],
    ['2026-08-21', { within: within(1) }, '2026-08-22'],
    ['2026-08-28', { within: within(1) }, '2026-09-03'],
    ['2026-11-23', { within: within(1) }, '2026-11-25'],
    ['2026-04-15', { within: within(15, 'calendar-day') }, '2026-05-04'],
    ['2026-04-15', { within: within(14, 'calendar-day') }, '2026-04-29'],
    ['2025-01-31', { within: within(1, 'month') }, '2025-02-28'],
    ['2025-03-30', { within: within(1, 'month') }, '2025-05-05'],
    ['2024-01-29', { within: within(1, 'month') }, '2024-02-29'],
    ['2026-04-15T08:00', { within: within(0.5) }, '2026-04-15'],
    ['2026-04-15T14:00', { within: within(0.5) }, '2026-04-16'],
    ['2026-04-15', { within: within(0.5) }, '2026-04-16'],
    ['2026-04-15T14:00', { within: within(1.5) }, '2026-04-17'],
    ['2026-04-15T09:00', { within: within(8, 'working-hour') }, '2026-04-16'],
    ['2026-04-15T09:00', { within: within(0) }, '2026-04-15'],
    ['2026-04-15T15:00', { within: within(0), lastHourRule: true }, '2026-04-15'],
    ['2026-04-15T15:01', { within: within(0), lastHourRule: true }, '2026-04-16'],
    ['2026-04-15T16:30', {}, '2026-05-04'],
    ['2026-04-15T15:59', { lastHourRule: true }, '2026-05-04'],
    ['2026-04-15T16:00', { lastHourRule: true }, '2026-05-05'],
    ['2026-04-24T16:00', { within: within(1), lastHourRule: true }, '2026-04-29'],
    ['2026-04-15', { lastHourRule: true }, '2026-05-04'],
    ['2026-04-15T18:30:00Z', { within: within(1) }, '2026-04-17'],
  ]
  it.each(cases)('accepted %s with %j is due %s', (accepted, given, due) => {
    const { clock } = assessed([message('Accepted', accepted)], accepted, procedure(given))
    expect(clock.first?.date).toBe(due)
    expect(clock.statutory?.date).toBe(due)
  })

  it('is the appointment where one was given, beside the statutory date', () => {
    const accepted = message('Accepted', '2026-04-15', { data: { appointment: '2026-04-28' } })
    const { clock } = assessed([accepted], '2026-04-20')
    expect([clock.first?.date, clock.statutory?.date, clock.due]).toEqual([
      '2026-04-28',
      '2026-05-04',
      '2026-04-28',
    ])
  })

  it('stays what it was at the first acceptance', () => {
    const { clock } = assessed([accepted15April, message('Accepted', '2026-05-20')], '2026-06-01')
    expect(clock.first?.date).toBe('2026-05-04')
  })

  it('is none before acceptance', () => {
    const { clock, status } = assessed([message('Submitted', '2026-04-15')], '2026-06-01')
    expect([clock.first, clock.due, status]).toEqual([null, null, 'not-started'])
  })
})

describe('waiting for a supplement', () => {
  const moved: readonly [why: string, given: Partial<ProcedureVersion>, due: string][] = [
    ['adds the working days after the request up to the supplement', {}, '2026-05-06'],
    ['gives the due date of the form, 12 working days', { within: within(12) }, '2026-05-08'],
    ['moves the unrolled end, which then rolls once', { within: within(15, 'calendar-day') }, '2026-05-04'],
    ['moves an end that was worked', { within: within(13, 'calendar-day') }, '2026-05-04'],
    ['adds calendar days to months', { within: within(1, 'month') }, '2026-05-18'],
    ['starts the whole time anew', { supplement: 'restart' }, '2026-05-12'],
    [
      'starts calendar days anew',
      { supplement: 'restart', within: within(10, 'calendar-day') },
      '2026-05-04',
    ],
  ]
  it.each(moved)('%s', (_why, given, due) => {
    const { clock } = assessed([accepted15April, ...supplement21to23], '2026-04-24', procedure(given))
    expect(clock.due).toBe(due)
    expect(clock.first).toEqual(assessed([accepted15April], '2026-04-15', procedure(given)).clock.first)
  })

  it('leaves no due date and no lateness, however long it lasts', () => {
    const { clock, status, lateness } = assessed([accepted15April, supplement21to23[0]!], '2026-12-01')
    expect([clock.due, status, lateness.late]).toEqual([null, 'stopped', false])
  })

  it('stops on the due day, which is not over, and then leaves the rest of that day', () => {
    const life = [
      accepted15April,
      message('SupplementRequested', '2026-05-04'),
      message('Supplemented', '2026-05-06'),
    ]
    expect(assessed(life, '2026-05-07').clock.due).toBe('2026-05-06')
  })

  it('stops no clock that has run out: the due date stands and lateness goes on', () => {
    const life = [accepted15April, message('SupplementRequested', '2026-05-05')]
    const { clock, status, lateness } = assessed(life, '2026-05-12')
    expect([clock.due, status]).toEqual(['2026-05-04', 'running'])
    expect(lateness).toEqual({ late: true, lateBy: { workingDays: 6, calendarDays: 8 }, early: false })
  })

  it('moves nothing where it ends on the day it began, an appointment on a day off included', () => {
    const accepted = message('Accepted', '2026-04-15', { data: { appointment: '2026-05-02' } })
    const life = [
      accepted,
      message('SupplementRequested', '2026-04-21'),
      message('Supplemented', '2026-04-21'),
    ]
    for (const unit of ['working-day', 'calendar-day'] as const)
      expect(assessed(life, '2026-04-22', procedure({ within: within(10, unit) })).clock.due).toBe(
        '2026-05-02',
      )
  })

  it('begun before acceptance stops nothing', () => {
    const life = [
      message('Submitted', '2026-04-10'),
      message('SupplementRequested', '2026-04-13'),
      accepted15April,
      message('Supplemented', '2026-04-16'),
    ]
    expect(assessed(life, '2026-04-20').clock).toMatchObject({ due: '2026-05-04', stops: [] })
  })

  it('is one wait however often it is asked for', () => {
    const life = [accepted15April, ...supplement21to23, message('SupplementRequested', '2026-04-22')]
    expect(assessed(life, '2026-04-24').clock.due).toBe('2026-05-06')
  })

  it('adds up over several waits', () => {
    const again = [message('SupplementRequested', '2026-05-05'), message('Supplemented', '2026-05-07')]
    expect(assessed([accepted15April, ...supplement21to23, ...again], '2026-05-08').clock.due).toBe(
      '2026-05-08',
    )
  })
})

describe('waiting for a fee', () => {
  const fee = [message('FeeRequested', '2026-04-21'), message('FeePaid', '2026-04-23')]

  it('stops the clock only where the procedure says so', () => {
    expect(assessed([accepted15April, ...fee], '2026-04-24').clock.due).toBe('2026-05-04')
    const stopping = procedure({ feeStopsClock: true })
    expect(assessed([accepted15April, ...fee], '2026-04-24', stopping).clock.due).toBe('2026-05-06')
    expect(assessed([accepted15April, fee[0]!], '2026-08-01', stopping).status).toBe('stopped')
  })

  it('goes on with the time, also where a supplement would start it anew', () => {
    const restarting = procedure({ feeStopsClock: true, supplement: 'restart' })
    expect(assessed([accepted15April, ...fee], '2026-04-24', restarting).clock.due).toBe('2026-05-06')
  })

  it('counts days once that are waited for both', () => {
    const both = [
      accepted15April,
      message('FeeRequested', '2026-04-20'),
      message('SupplementRequested', '2026-04-21'),
      message('FeePaid', '2026-04-22'),
      message('Supplemented', '2026-04-24'),
    ]
    // (20/4, 24/4] are 4 working days after 04/5: 05, 06, 07, 08.
    expect(assessed(both, '2026-04-25', procedure({ feeStopsClock: true })).clock.due).toBe('2026-05-08')
  })

  it('still open when a supplement starts the time anew, moves the new time', () => {
    const both = [
      accepted15April,
      message('SupplementRequested', '2026-04-20'),
      message('FeeRequested', '2026-04-21'),
      message('Supplemented', '2026-04-23'),
      message('FeePaid', '2026-04-28'),
    ]
    // Anew from 23/4: 12/5; (23/4, 28/4] are 24/4 and 28/4: 14/5.
    const restarting = procedure({ feeStopsClock: true, supplement: 'restart' })
    expect(assessed(both, '2026-04-29', restarting).clock.due).toBe('2026-05-14')
  })
})

describe('the end', () => {
  const ends: readonly [string, Parameters<typeof message>[0], string, boolean, number, number, boolean][] = [
    ['a result before the due day is early', 'Resolved', '2026-04-29', false, 0, 0, true],
    ['a result on the due day is in time', 'Resolved', '2026-05-04T16:59', false, 0, 0, false],
    ['a result the day after is late', 'Resolved', '2026-05-05', true, 1, 1, false],
    ['returned stands for resolved', 'ResultReturned', '2026-05-06', true, 2, 2, false],
    ['stopped in time is never late', 'Stopped', '2026-04-29', false, 0, 0, false],
    ['stopped after the due day is late and frozen', 'Stopped', '2026-05-06', true, 2, 2, false],
    ['withdrawn likewise', 'Withdrawn', '2026-05-06', true, 2, 2, false],
    ['refused after acceptance likewise', 'Refused', '2026-05-06', true, 2, 2, false],
  ]
  it.each(ends)('%s', (_name, type, at, late, workingDays, calendarDays, early) => {
    const { lateness, status } = assessed([accepted15April, message(type, at)], '2026-08-01')
    expect(lateness).toEqual({ late, lateBy: { workingDays, calendarDays }, early })
    expect(status).toBe('ended')
  })

  it('0 working days with 1 calendar day is late', () => {
    const friday = message('Accepted', '2026-04-15', { data: { appointment: '2026-05-08' } })
    const { lateness } = assessed([friday, message('Resolved', '2026-05-09')], '2026-06-01')
    expect(lateness).toMatchObject({ late: true, lateBy: { workingDays: 0, calendarDays: 1 } })
  })

  it('is the result even where the dossier was stopped before', () => {
    const life = [accepted15April, message('Stopped', '2026-04-29'), message('Resolved', '2026-05-06')]
    expect(assessed(life, '2026-08-01').lateness.lateBy.workingDays).toBe(2)
  })

  it('while stopped leaves no due date: neither late nor early', () => {
    const life = [accepted15April, supplement21to23[0]!, message('Stopped', '2026-06-30')]
    const { clock, lateness, status } = assessed(life, '2026-08-01')
    expect([clock.due, lateness.late, lateness.early, status]).toEqual([null, false, false, 'ended'])
  })

  it('is not a refusal that a later acceptance followed', () => {
    const life = [message('Refused', '2026-04-10'), accepted15April]
    expect(assessed(life, '2026-04-20').status).toBe('running')
  })

  it('is a refusal before any acceptance', () => {
    const { status, closing, lateness } = assessed([message('Refused', '2026-04-10')], '2026-08-01')
    expect([status, closing.allowed, lateness.late]).toEqual(['ended', true, false])
  })

  it('pending is judged by the as-of day', () => {
    expect(assessed([accepted15April], '2026-05-04').lateness.late).toBe(false)
    expect(assessed([accepted15April], '2026-05-05').lateness.lateBy).toEqual({
      workingDays: 1,
      calendarDays: 1,
    })
  })
})
