import { Type } from 'class-transformer'
import { IsInt, IsUUID, Max, Min, ValidateNested } from 'class-validator'
import { newId, refuse } from '#kernel'
import type { Command } from '#engine'
import { NoData, party, workflow, type Actor } from '#engine/workflow'

class Add {
  @IsInt() @Min(1) @Max(1000) amount!: number
}

class Strike {
  @IsUUID('all') eventId!: string
}

class AddAll {
  @ValidateNested({ each: true }) @Type(() => Add) adds!: Add[]
}

export interface Counter {
  readonly status: 'empty' | 'counting' | 'closed'
  readonly total: number
}

const anyone = party<Counter>('counter', { vi: 'người đếm', en: 'counter' }, (actor) =>
  actor.roles.includes('counter'),
)

/** Refuses to pass 1,000, so that a decision on a stale state would show. */
export const counter = workflow<
  Counter,
  { Add: Add; AddAll: AddAll; Strike: Strike; Close: NoData },
  {
    'counter.Added': { amount: number }
    'counter.Struck': { eventId: string; of: string }
    'counter.Closed': Record<string, never>
  }
>({
  name: 'counter',
  initial: { status: 'empty', total: 0 },
  statuses: {
    empty: { vi: 'trống', en: 'empty' },
    counting: { vi: 'đang đếm', en: 'counting' },
    closed: { vi: 'đã đóng', en: 'closed' },
  },
  transitions: {
    Add: {
      text: { vi: 'Cộng', en: 'Add' },
      input: Add,
      from: ['empty', 'counting'],
      by: [anyone],
      to: ['counting'],
      decide: ({ command, state }) =>
        state.total + command.amount > 1000
          ? refuse('too-much', { vi: 'quá nhiều', en: 'too much' })
          : [{ type: 'counter.Added', data: { amount: command.amount } }],
    },
    AddAll: {
      text: { vi: 'Cộng nhiều', en: 'Add all' },
      input: AddAll,
      from: ['empty', 'counting'],
      by: [anyone],
      to: ['counting'],
      decide: ({ command }) => command.adds.map((data) => ({ type: 'counter.Added', data })),
    },
    Strike: {
      text: { vi: 'Gạch', en: 'Strike' },
      input: Strike,
      from: ['counting'],
      by: [anyone],
      to: ['counting'],
      decide: ({ command, aggregate, hasEvent }) =>
        hasEvent(command.eventId)
          ? [{ type: 'counter.Struck', data: { eventId: command.eventId, of: aggregate } }]
          : refuse('event-unknown', { vi: 'không có', en: 'unknown' }),
    },
    Close: {
      text: { vi: 'Đóng', en: 'Close' },
      input: NoData,
      from: ['counting'],
      by: [anyone],
      to: ['closed'],
      decide: () => [{ type: 'counter.Closed', data: {} }],
    },
  },
  evolve: {
    'counter.Added': (state, { amount }) => ({ status: 'counting', total: state.total + amount }),
    'counter.Struck': (state) => state,
    'counter.Closed': (state) => ({ ...state, status: 'closed' }),
  },
})

export const actor: Actor = { id: 'a1', agency: 'so-tu-phap', roles: ['counter'], scope: 'all' }

/** A command that adds to the counter `one`. */
export function add(amount: number, more: Partial<Command> = {}): Command {
  return {
    id: newId(),
    workflow: 'counter',
    aggregate: 'one',
    transition: 'Add',
    data: { amount },
    actor,
    ...more,
  }
}
