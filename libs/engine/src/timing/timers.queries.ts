import { IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { invalid, notFound } from '#kernel'
import type { RecordedEvent } from '#event-store'
import { advance, emptyAggregate } from '../commanding/aggregate.js'
import type { EventMetadata } from '../commanding/command.js'
import { instantOf, isMoment, IsMoment } from '../querying/moment.js'
import type { Asking, Query } from '../querying/query.js'
import { timerDue } from './timer-due.projection.js'
import { selectTimers } from './timer-due.sql.js'
import type { CatchUp, TimerOwner } from './timer.events.js'
import { timerWorkflow, type TimerState } from './timer.workflow.js'

const roles = ['operator', 'auditor', 'inspectorate'] as const

export class ListTimers {
  /** Only what is due by this instant, or by the start of this day in UTC. */
  @IsOptional() @IsMoment() dueBy?: string
  /** Only those of this process or workflow. */
  @IsOptional() @IsString() @MaxLength(80) owner?: string
  /** Only those of this instance or aggregate. */
  @IsOptional() @IsString() @MaxLength(120) ownerId?: string
  /** Of the page before. */
  @IsOptional() @IsString() @MaxLength(300) cursor?: string
  @IsOptional() @IsInt() @Min(1) @Max(1_000) limit?: number
}

export interface TimerListed {
  readonly timer: string
  readonly name: string
  readonly dueAt: string
  readonly every: string | null
  readonly catchUp: CatchUp
  readonly schedule: number
  readonly occurrence: number
  readonly owner: TimerOwner
}

export interface TimerPage {
  readonly items: readonly TimerListed[]
  /** The cursor of the next page; null on the last. */
  readonly next: string | null
}

/** The timers to come, the next first. */
export const listTimers: Query<ListTimers, TimerPage> = {
  name: 'engine.timers',
  text: { vi: 'Danh sách hẹn giờ', en: 'Timers to come' },
  input: ListTimers,
  roles,
  view: timerDue,
  async answer({ params, database }: Asking<ListTimers>): Promise<TimerPage> {
    const { dueBy = null, owner = null, ownerId = null, limit = 100 } = params
    const [at, timer] = placeOf(params.cursor)
    const values = [instantOf(dueBy), owner, ownerId, at, timer, limit + 1]
    const { rows } = await database.query<TimerListed & { dueAt: Date } & Record<string, unknown>>(
      selectTimers,
      values,
    )
    const items = rows.slice(0, limit).map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }))
    const last = items.at(-1)
    const next = rows.length > limit && last !== undefined ? `${last.dueAt}~${last.timer}` : null
    return { items, next }
  },
}

function placeOf(cursor: string | undefined): readonly [string | null, string | null] {
  if (cursor === undefined) return [null, null]
  const [at = '', ...timer] = cursor.split('~')
  if (timer.length > 0 && isMoment(at)) return [instantOf(at), timer.join('~')]
  throw invalid('cursor-invalid', {
    vi: 'Dấu trang không hợp lệ. Mở lại từ trang đầu.',
    en: 'The cursor is not valid. Start again from the first page.',
  })
}

export class TimerAsked {
  @IsString() @IsNotEmpty() @MaxLength(120) timer!: string
}

/** A timer as it stands, with everything that happened to it. */
export interface TimerShown {
  readonly timer: string
  readonly state: TimerState
  readonly revision: string
  /** Oldest first. */
  readonly history: readonly {
    readonly id: string
    readonly type: string
    readonly data: unknown
    readonly actor: string
    readonly occurredAt: string
    readonly recordedAt: string
  }[]
}

/** Of a timer that recurs for years, the last events are shown. */
const mostShown = 500

/** One timer, by its own stream: as of now, also where it is not pending any more. */
export const findTimer: Query<TimerAsked, TimerShown> = {
  name: 'engine.timer',
  text: { vi: 'Một hẹn giờ', en: 'One timer' },
  input: TimerAsked,
  roles,
  view: null,
  async answer({ params, store }: Asking<TimerAsked>): Promise<TimerShown> {
    const events = await store.readStream(`${timerWorkflow.name}-${params.timer}`)
    const last = events.at(-1)
    if (last === undefined) throw unknown(params.timer)
    const { state } = advance(timerWorkflow, emptyAggregate(timerWorkflow), events)
    return {
      timer: params.timer,
      state,
      revision: String(last.revision),
      history: events.slice(-mostShown).map(shown),
    }
  },
}

function shown(event: RecordedEvent): TimerShown['history'][number] {
  const { id, type, recordedAt } = event
  const { actor, occurredAt, schema } = event.metadata as unknown as EventMetadata
  const data = timerWorkflow.upcast(type, event.data, schema)
  return { id, type, data, actor, occurredAt, recordedAt: recordedAt.toISOString() }
}

function unknown(timer: string): Error {
  return notFound(
    'timer-unknown',
    {
      vi: `Không có hẹn giờ “${timer}”. Xem danh sách: roviec timers list.`,
      en: `There is no timer ${timer}. List them: roviec timers list.`,
    },
    { timer },
  )
}
