import { describe, expect, it } from '@jest/globals'
import { readinessOf } from './readiness.js'

type Standing = Parameters<typeof readinessOf>[0]['views'][number]

const view = (over: Partial<Standing> = {}): Standing => ({
  name: 'board',
  standing: 'live',
  state: 'active',
  secondsBehind: 0,
  ...over,
})

describe('readinessOf', () => {
  it.each<[string, readonly Standing[], string]>([
    ['every view is up to date', [view()], 'ready'],
    ['a view is behind, but not too far', [view({ secondsBehind: 60 })], 'ready'],
    ['a view is too far behind', [view({ secondsBehind: 60.1 })], 'behind'],
    ['a view is too far behind and says why', [view({ secondsBehind: 61, state: 'error' })], 'behind'],
    ['a view is filled for the first time', [view({ secondsBehind: 9_000, state: 'booting' })], 'booting'],
    ['there is no view yet', [], 'booting'],
    ['readers have none yet', [view({ standing: 'building' })], 'booting'],
    [
      'a new build is filled beside the live one',
      [view(), view({ standing: 'building', secondsBehind: 9_000 })],
      'ready',
    ],
    ['an operator has paused it', [view({ state: 'paused', secondsBehind: 9_000 })], 'ready'],
  ])('when %s', (_what, views, status) => {
    const standings = { views, processes: [], timers: { secondsLate: 0 } }
    expect(readinessOf(standings, [{ name: 'board' }], 60).status).toBe(status)
  })

  const process = { name: 'overdue', led: true, secondsBehind: 60.1 }
  it.each([
    ['a process is too far behind', [process], 0, ['overdue', 'active', 60.1]],
    ['nobody leads it', [{ ...process, led: false }], 0, ['overdue', 'waiting', 60.1]],
    ['timers are too late', [{ ...process, secondsBehind: 60 }], 61, ['timers', 'active', 61]],
  ])('is false when %s, and says so', (_what, processes, secondsLate, [name, state, secondsBehind]) => {
    const standings = { views: [view()], processes, timers: { secondsLate } }
    expect(readinessOf(standings, [{ name: 'board' }], 60)).toEqual({
      status: 'behind',
      views: [],
      processes: [{ name, state, secondsBehind }],
    })
  })
})
