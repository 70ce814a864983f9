import { beforeEach, describe, expect, it } from '@jest/globals'
import { accountabilityWorkflow } from '#accountability/record'
import type { JsonValue } from '#kernel'
import { people } from '../domain/dossier.cases.test-support.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { key, WatchedOffice } from './watched-office.test-support.js'

/** Accepted on 15/04/2026, ten working days: due on Monday 04/05/2026, after the holidays. */
const accepted = ['Accepted', '2026-04-15T09:00:00+07:00'] as const

const short = (line: string): string => line.replace(/(accountability|dossier)\./, '')

let office: WatchedOffice
const did = async (): Promise<readonly string[]> => (await office.did()).map(short)
const duties = async () => (await office.commands.load(accountabilityWorkflow, key)).state

beforeEach(async () => {
  office = await WatchedOffice.open('2026-04-15T02:05:00Z')
})

const assessed = async () => {
  const { state } = await office.commands.load(dossierWorkflow, key)
  return { assessed: { messages: state.messages.length, decidedBy: null } }
}

const account = async (): Promise<void> => {
  await office.act('Explain', { text: 'Chờ ý kiến thẩm định' }, people.officer)
  await office.act('AcceptExplanation', await assessed(), people.head)
  await office.act('IssueApology', { reason: 'Chậm', signer: { position: 'Giám đốc' } }, people.officer)
  await office.act('DeliverApology', {}, people.officer)
}

describe('a dossier whose due date passes', () => {
  beforeEach(() => office.told(accepted))

  it('is announced, raised once, its duties opened by name, reminded, escalated', async () => {
    await office.until('2026-06-01T00:00:00Z')
    expect(await did()).toEqual([
      '2026-04-29 ExpectedLate 2026-05-04',
      '2026-05-05 Overdue 2026-05-04',
      '2026-05-05 DutiesOpened 2026-05-04',
      '2026-05-06 Reminded 2026-05-04 owing',
      '2026-05-08 Reminded 2026-05-04 owing',
      '2026-05-12 Reminded 2026-05-04 head',
      '2026-05-19 Reminded 2026-05-04 provincial-office',
    ])
    expect(await duties()).toMatchObject({
      status: 'open',
      since: '2026-05-05',
      duties: ['explanation', 'acceptance', 'apology', 'delivery'].map((duty) => ({
        duty,
        owedBy: 'Sở NN&MT',
      })),
    })
    expect(await office.incidents()).toEqual([])
    expect(await office.pending()).toEqual([])
  })

  it('is closed when everything owed is done, and reminded no more', async () => {
    await office.until('2026-05-06T03:00:00Z')
    await office.told(['Resolved', '2026-05-06'])
    await account()
    await office.until('2026-06-01T00:00:00Z')
    expect((await did()).slice(3)).toEqual([
      '2026-05-06 Reminded 2026-05-04 owing',
      '2026-05-06 Closed 2026-05-04 fulfilled',
    ])
    expect(await office.incidents()).toEqual([])
    expect(await office.pending()).toEqual([])
  })

  it('and is explained anew after a rejection owes it again', async () => {
    await office.until('2026-05-05T03:00:00Z')
    await account()
    await office.work()
    office.clock.advance(1_000)
    await office.act('RejectExplanation', { ...(await assessed()), reason: 'Chưa rõ' }, people.head)
    await office.until('2026-05-06T03:00:00Z')
    expect((await did()).slice(2)).toEqual([
      '2026-05-05 DutiesOpened 2026-05-04',
      '2026-05-05 Closed 2026-05-04 fulfilled',
      '2026-05-05 DutiesOpened 2026-05-04',
      '2026-05-06 Reminded 2026-05-04 owing',
    ])
    expect((await duties()).duties.map(({ duty }) => duty)).toEqual(['explanation', 'acceptance'])
  })

  it('is told by a late message to have been in time: what is open is closed, Overdue stays', async () => {
    await office.until('2026-05-05T03:00:00Z')
    await office.told(['Resolved', '2026-05-04'])
    await office.until('2026-06-01T00:00:00Z')
    expect((await did()).slice(1)).toEqual([
      '2026-05-05 Overdue 2026-05-04',
      '2026-05-05 DutiesOpened 2026-05-04',
      '2026-05-05 Closed 2026-05-04 no-delay',
    ])
    expect(await office.pending()).toEqual([])
  })
})

describe('a correction after which nothing can be judged', () => {
  beforeEach(async () => {
    await office.told(accepted)
    await office.until('2026-05-05T03:00:00Z')
  })
  const corrected = (occurredAt: string) =>
    office.told(['Corrected', '2026-05-05', { id: `c ${occurredAt}`, ...change(occurredAt) }])
  const change = (occurredAt: string) => ({ corrects: accepted.join(' '), change: { occurredAt } })

  it.each([
    ['no version of the procedure is in force', '2025-12-31'],
    ['the calendar does not know the year', '2016-04-15'],
  ])('leaves the duties as they are: %s', async (_why, day) => {
    await corrected(day)
    await office.until('2026-05-07T03:00:00Z')
    const open = ['2026-05-05 Overdue 2026-05-04', '2026-05-05 DutiesOpened 2026-05-04']
    expect((await did()).slice(1)).toEqual(open)
    expect(await duties()).toMatchObject({ status: 'open' })
    // The next correction shows that it was late all the time: what was missed is reminded of.
    await corrected('2026-04-16')
    await office.until('2026-05-07T04:00:00Z')
    expect((await did()).slice(3)).toEqual([
      '2026-05-07 Overdue 2026-05-05',
      '2026-05-07 Reminded 2026-05-04 owing',
    ])
    expect(await office.incidents()).toEqual([])
  })
})

describe('nothing is raised', () => {
  it('of a dossier that is resolved in time, whose announcement is taken back', async () => {
    await office.told(accepted)
    await office.until('2026-04-29T03:00:00Z')
    await office.told(['Resolved', '2026-04-29'])
    await office.until('2026-06-01T00:00:00Z')
    expect(await did()).toEqual([
      '2026-04-29 ExpectedLate 2026-05-04',
      '2026-04-29 Closed 2026-05-04 not-expected',
    ])
    expect(await office.pending()).toEqual([])
  })

  it('of a clock that stands still, and by the due date that it moves to', async () => {
    await office.told(accepted)
    await office.until('2026-04-21T03:00:00Z')
    await office.told(['SupplementRequested', '2026-04-21'])
    await office.until('2026-04-23T03:00:00Z')
    await office.told(['Supplemented', '2026-04-23'])
    await office.until('2026-05-12T03:00:00Z')
    expect((await did()).slice(0, 2)).toEqual([
      '2026-05-05 ExpectedLate 2026-05-06',
      '2026-05-07 Overdue 2026-05-06',
    ])
    expect(await office.incidents()).toEqual([])
  })

  it('where the timer fired and the result came before the process saw it', async () => {
    await office.told(accepted)
    await office.until('2026-05-04T03:00:00Z')
    const [timer] = await office.pending()
    office.clock.set('2026-05-04T17:00:00Z')
    const { schedule, occurrence } = timer!
    await office.act('Fire', { schedule, occurrence }, people.system, 'timer', timer!.timer)
    await office.told(['Resolved', '2026-05-04'])
    await office.until('2026-06-01T00:00:00Z')
    expect(await did()).toEqual([
      '2026-04-29 ExpectedLate 2026-05-04',
      '2026-05-05 Closed 2026-05-04 not-expected',
    ])
    expect(await office.incidents()).toEqual([])
  })
})

describe('what comes late or out of order', () => {
  it('counts as it is: a dossier first heard of when it was long late is raised at once', async () => {
    await office.until('2026-05-20T03:00:00Z')
    await office.told(accepted, ['Resolved', '2026-05-12'])
    await office.work()
    expect(await did()).toEqual(['2026-05-20 Overdue 2026-05-04', '2026-05-20 DutiesOpened 2026-05-04'])
    expect((await duties()).since).toBe('2026-05-05')
  })

  it('may move the due date to and fro: each date is raised once', async () => {
    await office.told(accepted)
    await office.until('2026-05-05T03:00:00Z')
    const correct = (occurredAt: string) =>
      office.act('Correct', { corrects: accepted.join(' '), change: { occurredAt }, reason: 'Ghi nhầm' })
    for (const day of ['2026-04-20', '2026-04-15', '2026-04-20']) {
      await correct(day)
      await office.work()
    }
    await office.until('2026-05-08T03:00:00Z')
    const overdue = (await did()).filter((line) => line.includes('Overdue'))
    expect(overdue).toEqual(['2026-05-05 Overdue 2026-05-04', '2026-05-08 Overdue 2026-05-07'])
    expect(await office.incidents()).toEqual([])
  })
})

describe('a change of the rule', () => {
  const document = { number: '31/QĐ-UBND', date: '2026-04-10', issuer: 'Chủ tịch UBND tỉnh Sơn La' }
  const set = (validFrom: string, expectedDaysBefore: number, ...reminders: readonly object[]) =>
    office.act(
      'SetVersion',
      { validFrom, expectedDaysBefore, reminders, document } as unknown as JsonValue,
      people.clerk,
      'accountability-rule',
      'province',
    )
  const toHead = { afterDays: 2, to: 'head' }
  const versions = async () =>
    (await office.log(['accountability.ExpectedLate', 'accountability.DutiesOpened'])).map(
      ({ type, data }) => `${short(type)} ${(data as { rule: string }).rule}`,
    )

  it('moves nothing that was opened before: it is reminded of as the version then in force says', async () => {
    await office.told(accepted)
    await office.until('2026-05-05T03:00:00Z')
    await set('2026-05-05', 1, toHead)
    await office.told(['HandedOver', '2026-05-05'])
    await office.until('2026-06-01T00:00:00Z')
    expect((await did()).slice(3)).toEqual([
      '2026-05-06 Reminded 2026-05-04 owing',
      '2026-05-08 Reminded 2026-05-04 owing',
      '2026-05-12 Reminded 2026-05-04 head',
      '2026-05-19 Reminded 2026-05-04 provincial-office',
    ])
    expect(await duties()).toMatchObject({ rule: 'accountability/1' })
  })

  it('holds for what is opened from its first day on, and is named there', async () => {
    await set('2026-05-05', 1, toHead)
    await set('2026-05-06', 1, { afterDays: 1, to: 'provincial-office' })
    await office.told(accepted)
    await office.until('2026-06-01T00:00:00Z')
    expect(await did()).toEqual([
      '2026-04-29 ExpectedLate 2026-05-04',
      '2026-05-05 Overdue 2026-05-04',
      '2026-05-05 DutiesOpened 2026-05-04',
      '2026-05-07 Reminded 2026-05-04 head',
    ])
    expect(await versions()).toEqual(['ExpectedLate accountability/1', 'DutiesOpened accountability/2'])
  })

  it.each([
    ['its own day', '2026-04-20', '2026-04-24 ExpectedLate 2026-05-04'],
    ['its first day, where its own day was before that', '2026-04-28', '2026-04-28 ExpectedLate 2026-05-04'],
    ['the day of the version before it', '2026-04-30', '2026-04-29 ExpectedLate 2026-05-04'],
  ])('announces on %s', async (_day, validFrom, line) => {
    await set(validFrom, 10, toHead)
    await office.told(accepted)
    await office.until('2026-05-04T03:00:00Z')
    expect(await did()).toEqual([line])
    expect(await versions()).toEqual([`ExpectedLate accountability/${validFrom < '2026-04-30' ? 2 : 1}`])
  })

  it('takes no announcement back', async () => {
    await office.told(accepted)
    await office.until('2026-04-29T03:00:00Z')
    await set('2026-04-29', 0, toHead)
    await office.told(['HandedOver', '2026-04-29'])
    await office.until('2026-05-04T03:00:00Z')
    expect(await did()).toEqual(['2026-04-29 ExpectedLate 2026-05-04'])
  })
})

it('a supplement that has not come within 15 working days is told as expired, once', async () => {
  await office.told(['Submitted', '2026-04-15'], accepted)
  await office.until('2026-04-21T03:00:00Z')
  await office.told(['SupplementRequested', '2026-04-21'])
  await office.until('2026-06-15T00:00:00Z')
  // 22, 23, 24, 28, 29 April; 4 to 8, 11 to 15 May.
  expect(await did()).toEqual(['2026-05-16 SupplementExpired 2026-05-15'])
})

it('whoever comes back after weeks is reminded once, by the last reminder that was missed', async () => {
  await office.told(accepted)
  await office.until('2026-05-05T03:00:00Z')
  office.clock.set('2026-06-01T00:00:00Z')
  await office.until('2026-06-01T00:00:00Z')
  expect((await did()).slice(3)).toEqual(['2026-06-01 Reminded 2026-05-04 provincial-office'])
  expect(await office.pending()).toEqual([])
})
