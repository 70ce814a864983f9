import { describe, expect, it } from '@jest/globals'
import { parseMoment } from '#calendar'
import { message } from './dossier.test-support.js'
import { settleMessages } from './settle-messages.js'

const corrects = (
  target: string,
  change: { occurredAt: string } | 'void',
  given: { id?: string; at?: string } = {},
) =>
  message('Corrected', given.at ?? '2026-05-10', {
    ...(given.id !== undefined && { id: given.id }),
    data: {
      corrects: target,
      change: change === 'void' ? { void: true } : { occurredAt: parseMoment(change.occurredAt) },
    },
  })

const resolved = message('Resolved', '2026-05-05', { id: 'r' })
const accepted = message('Accepted', '2026-04-15', { id: 'a' })

const shown = (...messages: Parameters<typeof settleMessages>[0]) => {
  const { events, rejected } = settleMessages(messages)
  return {
    events: events.map(({ type, occurredAt }) => `${type} ${occurredAt.date}`),
    rejected: rejected.map(({ message: { id }, code }) => `${id} ${code}`),
  }
}

describe('corrections', () => {
  it('change the time or void the message they name, and are no events of the dossier', () => {
    expect(shown(accepted, resolved, corrects('r', { occurredAt: '2026-05-04' })).events).toEqual([
      'Accepted 2026-04-15',
      'Resolved 2026-05-04',
    ])
    expect(shown(accepted, resolved, corrects('r', 'void')).events).toEqual(['Accepted 2026-04-15'])
  })

  it('the last of several stands, whatever order they came in', () => {
    const first = corrects('r', 'void', { at: '2026-05-10' })
    const second = corrects('r', { occurredAt: '2026-05-03' }, { at: '2026-05-11' })
    for (const both of [
      [first, second],
      [second, first],
    ])
      expect(shown(resolved, ...both).events).toEqual(['Resolved 2026-05-03'])
  })

  it('a correction that is voided changes nothing', () => {
    const wrong = corrects('r', { occurredAt: '2026-05-04' }, { id: 'c1' })
    expect(shown(resolved, wrong, corrects('c1', 'void', { id: 'c2' })).events).toEqual([
      'Resolved 2026-05-05',
    ])
    const again = corrects('c2', 'void', { id: 'c3' })
    expect(shown(again, resolved, wrong, corrects('c1', 'void', { id: 'c2' })).events).toEqual([
      'Resolved 2026-05-04',
    ])
  })

  it('a correction whose time is corrected takes its place among the others by the new time', () => {
    const first = corrects('r', { occurredAt: '2026-05-01' }, { id: 'c1', at: '2026-05-10' })
    const second = corrects('r', { occurredAt: '2026-05-02' }, { id: 'c2', at: '2026-05-11' })
    const later = corrects('c1', { occurredAt: '2026-05-12' }, { id: 'c3', at: '2026-05-13' })
    expect(shown(resolved, first, second, later).events).toEqual(['Resolved 2026-05-01'])
  })

  it('of nothing known, of themselves or in a circle are set aside', () => {
    expect(shown(accepted, corrects('x', 'void', { id: 'c' }))).toEqual({
      events: ['Accepted 2026-04-15'],
      rejected: ['c corrected-message-unknown'],
    })
    expect(shown(accepted, corrects('c', 'void', { id: 'c' })).rejected).toEqual(['c correction-circular'])
    const circle = [corrects('c2', 'void', { id: 'c1' }), corrects('c1', 'void', { id: 'c2' })]
    expect(shown(accepted, ...circle)).toEqual({
      events: ['Accepted 2026-04-15'],
      rejected: ['c1 correction-circular', 'c2 correction-circular'],
    })
  })

  it('may follow one another without end', () => {
    const chain = Array.from({ length: 20_001 }, (_, at) =>
      corrects(at === 0 ? 'r' : `c${at - 1}`, 'void', { id: `c${at}` }),
    )
    expect(shown(resolved, ...chain).events).toEqual([])
    expect(shown(resolved, ...chain.slice(0, -1), corrects('c19999', 'void', { id: 'z' })).events).toEqual([])
    expect(shown(resolved, ...chain.slice(0, 20_000)).events).toEqual(['Resolved 2026-05-05'])
  })
})

describe('a result before submission', () => {
  const submitted = message('Submitted', '2026-05-06', { id: 's' })

  it('is set aside with its reason, and applied once a correction gives it another time', () => {
    expect(shown(submitted, resolved)).toEqual({
      events: ['Submitted 2026-05-06'],
      rejected: ['r result-before-submission'],
    })
    const corrected = shown(submitted, resolved, corrects('r', { occurredAt: '2026-05-07' }))
    expect(corrected).toEqual({ events: ['Submitted 2026-05-06', 'Resolved 2026-05-07'], rejected: [] })
  })

  it('on the same day is judged by the hour where both are known', () => {
    const at = (hour: string) => message('Submitted', `2026-05-05${hour}`)
    expect(shown(at(''), resolved).rejected).toEqual([])
    expect(
      shown(at('T09:00'), { ...resolved, occurredAt: parseMoment('2026-05-05T08:00') }).rejected,
    ).toEqual(['r result-before-submission'])
  })
})

describe('the order of a day', () => {
  it('puts days without an hour where their kind belongs among the hours', () => {
    const events = [
      message('Resolved', '2026-04-15'),
      message('Supplemented', '2026-04-15T16:00'),
      message('SupplementRequested', '2026-04-15'),
      message('Accepted', '2026-04-15T09:00'),
      message('Submitted', '2026-04-15'),
    ]
    expect(settleMessages(events).events.map(({ type }) => type)).toEqual([
      'Submitted',
      'Accepted',
      'SupplementRequested',
      'Supplemented',
      'Resolved',
    ])
  })

  it('follows the source where the same things happen again on one day', () => {
    const written = (type: 'SupplementRequested' | 'Supplemented', hour: string) =>
      message(type, '2026-04-15', { recordedAtSource: parseMoment(`2026-04-15T${hour}`) })
    const events = [
      written('SupplementRequested', '15:00'),
      written('Supplemented', '10:00'),
      written('SupplementRequested', '09:00'),
    ]
    expect(settleMessages(events).events.map(({ type }) => type)).toEqual([
      'SupplementRequested',
      'Supplemented',
      'SupplementRequested',
    ])
  })
})
