import { describe, expect, it } from '@jest/globals'
import { parseMoment } from '#calendar'
import { message, rulebook } from './dossier.test-support.js'
import { overdueRaisedFor } from './overdue.js'

const accepted = message('Accepted', '2026-04-15')
const raised = (asOf: string, ...messages: readonly ReturnType<typeof message>[]) =>
  overdueRaisedFor(rulebook(), [accepted, ...messages], parseMoment(asOf))

describe('overdue', () => {
  it('is raised once the due day is over', () => {
    expect(raised('2026-05-04')).toEqual([])
    expect(raised('2026-05-05')).toEqual(['2026-05-04'])
  })

  it('stays when a later message shows that there was no delay', () => {
    const result = message('Resolved', '2026-04-29', { received: '2026-05-06' })
    expect(raised('2026-05-20', result)).toEqual(['2026-05-04'])
    expect(raised('2026-05-20', { ...result, received: parseMoment('2026-05-04') })).toEqual([])
  })

  it('is raised by what is known, also where more comes in after the as-of day', () => {
    const result = message('Resolved', '2026-04-29', { received: '2026-06-06' })
    expect(raised('2026-05-20', result)).toEqual(['2026-05-04'])
  })

  it('is raised once for each legal due date that passed', () => {
    const request = message('SupplementRequested', '2026-05-04', { received: '2026-05-07' })
    const supplemented = message('Supplemented', '2026-05-08')
    // Due again after (04/5, 08/5], 4 working days: 08/5.
    expect(raised('2026-05-30', request, supplemented)).toEqual(['2026-05-04', '2026-05-08'])
  })

  it('is not raised while the dossier waits, nor after its end in time', () => {
    expect(raised('2026-08-30', message('SupplementRequested', '2026-05-04'))).toEqual([])
    expect(raised('2026-08-30', message('Resolved', '2026-05-04'))).toEqual([])
  })

  it('is raised for what was resolved late', () => {
    expect(raised('2026-08-30', message('Resolved', '2026-05-05'))).toEqual(['2026-05-04'])
  })

  it('names the due dates that its own messages name, or that stood', () => {
    const reported = message('Overdue', '2026-04-30', { data: { due: '2026-04-29' } })
    expect(raised('2026-05-01', reported)).toEqual(['2026-04-29'])
    expect(raised('2026-05-01', message('Overdue', '2026-04-30'))).toEqual(['2026-05-04'])
  })
})
