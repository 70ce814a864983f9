import { describe, expect, it } from '@jest/globals'
import { parseMoment } from '#calendar'
import { assess } from './assessment.js'
import { assessed, message, procedure, rulebook } from './dossier.test-support.js'
import { settleMessages } from './settle-messages.js'

/** Due 04/5/2026. */
const accepted = message('Accepted', '2026-04-15', { agency: 'so-nnmt' })
const flags = (messages: readonly ReturnType<typeof message>[], given = procedure()) =>
  assessed([accepted, ...messages], '2026-06-30', given).flags

const apology = (at: string, given: Parameters<typeof message>[2] = {}) => message('ApologyIssued', at, given)

describe('an untimely apology', () => {
  const cases: readonly [at: string, rule: 'day-before' | 'at-expiry' | null, untimely: boolean][] = [
    ['2026-05-03', 'day-before', false],
    ['2026-05-04', 'day-before', true],
    ['2026-05-04', 'at-expiry', false],
    ['2026-05-05', 'at-expiry', true],
    ['2026-05-03', null, false],
    ['2026-05-04', null, true],
  ]
  it.each(cases)('issued %s under %s: %s', (at, apologyRule, untimely) => {
    expect(flags([apology(at, { apologyRule })]).includes('untimely-apology')).toBe(untimely)
  })

  it('is measured on the first', () => {
    expect(flags([apology('2026-05-03'), apology('2026-05-20')])).not.toContain('untimely-apology')
  })

  it('takes the rule from any message of the dossier', () => {
    const rule = message('HandedOver', '2026-04-16', { apologyRule: 'at-expiry' })
    expect(flags([rule, apology('2026-05-04')])).not.toContain('untimely-apology')
  })
})

describe('flags', () => {
  it('second-reappointment: the second new date is recorded, shown and flagged', () => {
    const first = apology('2026-05-01', { data: { newDate: '2026-05-10' } })
    const second = apology('2026-05-08', { data: { newDate: '2026-05-20' } })
    expect(flags([first])).toEqual([])
    expect(flags([first, second])).toEqual(['second-reappointment'])
    const { reappointedTo, clock } = assessed([accepted, first, second], '2026-05-12')
    expect([reappointedTo, clock.due]).toEqual(['2026-05-20', '2026-05-04'])
  })

  it('second-supplement-request: more than the procedure allows, those before acceptance counted', () => {
    const asked = (...days: string[]) => days.map((day) => message('SupplementRequested', day))
    expect(flags(asked('2026-04-10'))).toEqual([])
    expect(flags([...asked('2026-04-10', '2026-04-20'), message('Supplemented', '2026-04-21')])).toEqual([
      'second-supplement-request',
    ])
    const two = procedure({ maxSupplements: 2 })
    expect(flags([...asked('2026-04-10', '2026-04-20'), message('Supplemented', '2026-04-21')], two)).toEqual(
      [],
    )
  })

  const signers: readonly [agency: string, position: string, wrong: boolean][] = [
    ['so-nnmt', 'Giám đốc', false],
    ['so-nnmt', 'GIÁM ĐỐC', false],
    ['so-nnmt', 'Q. Giám đốc', false],
    ['so-nnmt', 'TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH', false],
    ['so-nnmt', 'head', false],
    ['so-nnmt', 'Phó Giám đốc', true],
    ['so-nnmt', 'KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC', true],
    ['so-nnmt', 'KT. Giám đốc', true],
    ['so-nnmt', 'TL. Giám đốc, Chánh Văn phòng', true],
    ['so-nnmt', 'Chuyên viên', true],
    ['so-nnmt', 'Trưởng phòng', true],
    ['so-nnmt', 'deputy head', true],
    ['so-tc', 'Giám đốc', true],
  ]
  it.each(signers)('wrong-signer: %s, %s: %s', (agency, position, wrong) => {
    const signer = { agency, position, name: null }
    expect(flags([apology('2026-05-01', { data: { signer } })]).includes('wrong-signer')).toBe(wrong)
  })

  it.each([
    ['so-tu-phap', 'Sở Tư Pháp', false],
    ['so-tu-phap', 'Sở Tư pháp'.normalize('NFD'), false],
    ['so-tu-phap', 'STP', false],
    ['so-y-te', 'SYT', true],
    ['so-tu-phap', 'Sở Y tế', true],
  ])('wrong-signer: known by their ids, else by their names however spelled: %s, %s', (id, agency, wrong) => {
    const ids = { 'Sở Tư pháp': 'so-tu-phap', STP: 'so-tu-phap', SYT: id }
    const signed = apology('2026-05-01', {
      delayCausedBy: 'Sở Tư pháp',
      data: { signer: { agency, position: 'Giám đốc', name: null } },
    })
    const { events } = settleMessages([accepted, signed])
    const assessment = assess({ ...rulebook(), agencies: ids }, events, parseMoment('2026-06-30'))
    expect(assessment?.flags.includes('wrong-signer')).toBe(wrong)
  })

  it('wrong-signer: measured by the agency that caused the delay; it counts as an apology all the same', () => {
    const signed = apology('2026-05-01', {
      delayCausedBy: 'so-tc',
      data: { signer: { agency: 'so-tc', position: 'Giám đốc', name: null } },
    })
    expect(flags([signed])).toEqual([])
    const wrong = apology('2026-05-01', {
      data: { signer: { agency: 'so-tc', position: 'Giám đốc', name: null } },
    })
    expect(assessed([accepted, wrong], '2026-06-01').register?.missing).not.toContain('apology')
  })

  it('supplement-expired: nothing came within 15 working days, the day of the request not counted', () => {
    // 16, 17, 20–24 (7), 28, 29 (9), 4–8/5 (14), 11/5 (15).
    const request = message('SupplementRequested', '2026-04-15')
    const at = (asOf: string) => assessed([accepted, request], asOf).flags
    expect(at('2026-05-11')).toEqual([])
    expect(at('2026-05-12')).toEqual(['supplement-expired'])
    expect(
      flags([request, message('Supplemented', '2026-05-11'), message('Resolved', '2026-05-12')]),
    ).toEqual([])
    expect(
      flags([request, message('Supplemented', '2026-05-12'), message('Resolved', '2026-05-12')]),
    ).toEqual(['supplement-expired'])
    expect(flags([request, message('SupplementExpired', '2026-05-06')])).toEqual(['supplement-expired'])
    // The 15th working day after 29/5 is Friday 19/6.
    const onFriday = [accepted, message('SupplementRequested', '2026-05-29')]
    expect(assessed(onFriday, '2026-06-19').flags).not.toContain('supplement-expired')
    expect(assessed(onFriday, '2026-06-20').flags).toContain('supplement-expired')
    expect(
      assessed([accepted, request, message('SupplementExpired', '2026-05-12')], '2026-05-12').status,
    ).toBe('stopped')
  })

  it('late-by-synchronisation: there in time, received after the due date; and not late', () => {
    const resolved = message('Resolved', '2026-05-04', { received: '2026-05-09' })
    expect(flags([resolved])).toEqual(['late-by-synchronisation', 'backdated'])
    expect(assessed([accepted, resolved], '2026-06-01').lateness.late).toBe(false)
    expect(flags([message('Resolved', '2026-05-05', { received: '2026-05-09' })])).toEqual(['backdated'])
    expect(flags([message('Resolved', '2026-05-04', { received: '2026-05-04T23:00' })])).toEqual([])
  })

  it('backdated: received on a later day than it happened, with the lag', () => {
    expect(flags([message('HandedOver', '2026-04-16', { received: '2026-04-17' })])).toEqual(['backdated'])
  })

  it('appointment-beyond-statutory', () => {
    const promised = (appointment: string) =>
      assessed([message('Accepted', '2026-04-15', { data: { appointment } })], '2026-04-16').flags
    expect(promised('2026-05-04')).toEqual([])
    expect(promised('2026-05-05')).toEqual(['appointment-beyond-statutory'])
    expect(promised('2026-04-15')).toEqual([])
  })

  it('appointment-before-acceptance: nobody can have promised it, so the statutory day stands', () => {
    const accept = message('Accepted', '2026-04-15', { data: { appointment: '2025-04-28' } })
    const { flags: found, clock, lateness } = assessed([accept], '2026-04-16')
    expect(found).toEqual(['appointment-before-acceptance'])
    expect([clock.first?.date, clock.due, lateness.late]).toEqual(['2026-05-04', '2026-05-04', false])
  })

  it('returned-without-resolved and returned-before-resolved', () => {
    const returned = message('ResultReturned', '2026-04-29')
    expect(flags([returned])).toEqual(['returned-without-resolved'])
    expect(flags([returned, message('Resolved', '2026-04-30')])).toEqual(['returned-before-resolved'])
    expect(flags([returned, message('Resolved', '2026-04-29')])).toEqual([])
    const atNine = message('ResultReturned', '2026-04-29T09:00')
    expect(flags([atNine, message('Resolved', '2026-04-29T15:00')])).toEqual(['returned-before-resolved'])
    expect(flags([atNine, message('Resolved', '2026-04-29T08:59')])).toEqual([])
  })

  it('result-before-acceptance: no result is early that was there before the dossier', () => {
    const life = (resolved: string, at = '2026-05-05') => [
      message('Accepted', at),
      message('Resolved', resolved),
    ]
    const judged = (messages: readonly ReturnType<typeof message>[]) => {
      const { flags: found, lateness } = assessed(messages, '2026-06-30')
      return [found, lateness.early, lateness.late]
    }
    expect(judged(life('2026-05-01'))).toEqual([['result-before-acceptance'], false, false])
    expect(judged([message('Submitted', '2026-04-29'), ...life('2026-05-01')])).toEqual([
      ['result-before-acceptance'],
      false,
      false,
    ])
    expect(judged(life('2026-05-05'))).toEqual([[], true, false])
    expect(judged(life('2026-05-05T08:00', '2026-05-05T09:00'))).toEqual([
      ['result-before-acceptance'],
      false,
      false,
    ])
  })
})
