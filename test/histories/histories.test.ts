import { describe, expect, it } from '@jest/globals'
import { verdictOf, type TaskState } from '#tasks'
import { historyFile, linesOf, readLines, replay, statesFile, type Line } from './replay.js'

/** The demo of January 2026: the registry, the officials and the two real plans, as the log had them. */
describe('the recorded history of the demo', () => {
  const lines = readLines<Line>(historyFile)
  const states = replay(lines)

  it('gives the states it always gave', () => {
    const expected = readLines<{ readonly stream: string }>(statesFile)
    const actual = linesOf(states).map((line) => JSON.parse(line) as { readonly stream: string })
    expect(actual.map(({ stream }) => stream)).toEqual(expected.map(({ stream }) => stream))
    // One by one: a failure shows the first stream that differs, not all of them.
    actual.forEach((state, index) => expect(state).toEqual(expected[index]))
    expect(actual).toHaveLength(370)
  })

  it.each([
    [
      'CCHC2025',
      {
        tasks: 71,
        deliverables: 100,
        documents: 46,
        completed: 39,
        'on-time': 19,
        late: 2,
        undeterminable: 18,
        open: 61,
      },
    ],
    ['CCHC2021', { tasks: 63, deliverables: 110, documents: 0, completed: 0, open: 110 }],
  ])('has the totals of %s that were counted by hand', (plan, totals) => {
    expect(totalsOf(plan)).toEqual(totals)
  })

  function totalsOf(plan: string): Readonly<Record<string, number>> {
    const tasks = [...states].flatMap(([stream, state]) =>
      stream.startsWith(`task-${plan}-`) ? [state as TaskState] : [],
    )
    const deliverables = tasks.flatMap((task) => task.deliverables)
    const verdicts: Record<string, number> = {}
    for (const deliverable of deliverables) {
      const { verdict } = verdictOf(deliverable, '2025-12-31', 'extended')
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    }
    return {
      tasks: tasks.length,
      deliverables: deliverables.length,
      documents: deliverables.reduce((sum, { evidence }) => sum + evidence.length, 0),
      completed: deliverables.filter(({ status }) => status === 'completed').length,
      ...verdicts,
    }
  }
})
