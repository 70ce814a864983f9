import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decide } from '#engine/workflow'
import { isRefusal } from '#kernel'
import { accountabilityWorkflow } from './accountability.workflow.js'
import { dutiesCommand } from './duties-command.js'
import { noDuties, watchDuties, type DutiesSight } from './duties-watch.js'
import { people } from './people.test-support.js'

const day = (number: number): string => `2026-05-${String(number).padStart(2, '0')}`
const moment = (number: number): string => `${day(number)}T00:00:00.000Z`
const explanation = { duty: 'explanation', owedBy: 'Sở Tư pháp' } as const

const at = (
  number: number,
  {
    due,
    late,
    missing,
    reminded,
  }: { due: number; late: boolean; missing: boolean; reminded: readonly number[] },
): DutiesSight => ({
  at: moment(number),
  due: day(due),
  late,
  expectedAt: late ? null : moment(due - 1),
  overdueAt: late ? null : moment(due + 1),
  missing: late && missing ? [explanation] : [],
  reminders: late
    ? reminded.map((after) => ({ afterDays: after, to: 'head', at: moment(number + after) }))
    : [],
})

const looks = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 4 }),
    due: fc.integer({ min: 3, max: 12 }),
    late: fc.boolean(),
    missing: fc.boolean(),
    reminded: fc.constantFrom([1], [1, 3], [2, 4, 9]),
  }),
  { maxLength: 7 },
)

describe('the watch over duties', () => {
  it('does only what the record takes, whatever it sees in whatever order', () => {
    fc.assert(
      fc.property(looks, (seen) => {
        let [watch, state, number] = [noDuties, accountabilityWorkflow.initial, 1]
        for (const { after, ...sight } of seen) {
          number += after
          const look = at(number, sight)
          const step = watchDuties(watch, look)
          for (const act of step.acts) {
            const of = { source: 'mcdt', dossier: 'H52-1' }
            const matter = { ...look, since: day(sight.due + 1), unit: null, rule: 'accountability/1' }
            const command = dutiesCommand(act, { ...matter, aggregate: 'mcdt:H52-1', of })
            const decided = decide(accountabilityWorkflow, command.transition, {
              aggregate: command.aggregate,
              state,
              command: command.data,
              actor: people.system,
              occurredAt: look.at,
              now: look.at,
              hasEvent: () => false,
            })
            if (isRefusal(decided)) throw new Error(`${act.kind}: ${decided.text.en}`)
            const context = { actor: 'system', agency: null, occurredAt: look.at, commandId: 'c' }
            for (const event of decided)
              state = accountabilityWorkflow.evolve(state, event, {
                ...context,
                schema: accountabilityWorkflow.versionOf(event.type),
              })
          }
          watch = step.watch
          // Seen again at the same moment there is nothing to do.
          expect(watchDuties(watch, look)).toEqual({ watch, acts: [] })
          expect([watch.open !== null, watch.expected !== null]).toEqual([
            state.status === 'open',
            state.status === 'expected',
          ])
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the reminders that its duties were opened with', () => {
    const late = { due: 4, late: true, missing: true }
    const opened = watchDuties(noDuties, at(5, { ...late, reminded: [1, 3] }))
    expect(opened.acts).toEqual([{ kind: 'open' }])
    const later = watchDuties(opened.watch, at(8, { ...late, reminded: [20] }))
    expect(later.acts).toMatchObject([{ kind: 'remind', reminder: { afterDays: 3 } }])
    expect(later.watch.open).toMatchObject({ next: 2 })
  })
})
