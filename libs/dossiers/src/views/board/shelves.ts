import { duties, type Duty } from '#accountability'
import type { ClockStatus } from '../../domain/assessment.js'

/** In the order of their numbers. */
export const clocks = ['not-started', 'running', 'stopped', 'ended'] as const

const closedBit = 4
const lateBit = 8
/** Of the first duty; the others follow. */
const dutyBit = 16
const shelfCount = dutyBit << duties.length

/** All by which lists choose among few values. */
export interface Standing {
  readonly clock: ClockStatus
  readonly isClosed: boolean
  /** By the verdict at its end; what is open is late or not as of the day that is asked about. */
  readonly isLate: boolean
  readonly missing: readonly Duty[]
}

/**
 * The shelf of a dossier: one number for its standing. Dossiers of a shelf are kept in the order of each sort, so any
 * choice among standings reads the heads of some shelves and never passes over what does not belong. What ended in time
 * owes nothing, whatever was recorded: it has one shelf.
 */
export function shelfOf({ clock, isClosed, isLate, missing }: Standing): number {
  const owes = clock === 'ended' && !isLate ? [] : missing
  return (
    clocks.indexOf(clock) +
    (isClosed ? closedBit : 0) +
    (isLate ? lateBit : 0) +
    owes.reduce((sum, duty) => sum + (dutyBit << duties.indexOf(duty)), 0)
  )
}

/** As SQL: whether what stands there has ended. */
export const hasEndedSql = (shelf: string): string =>
  `(${shelf} % ${clocks.length} = ${clocks.indexOf('ended')})`

export interface ShelvesAsked {
  readonly clock?: ClockStatus | undefined
  readonly state?: 'open' | 'closed' | undefined
  /** Of what has ended. */
  readonly isLate?: boolean | undefined
  readonly missing?: Duty | undefined
}

/** The shelves to look at; null: all. */
export function shelvesOf({ clock, state, isLate, missing }: ShelvesAsked): readonly number[] | null {
  if ([clock, state, isLate, missing].every((asked) => asked === undefined)) return null
  return [...Array.from({ length: shelfCount }).keys()].filter((shelf) => {
    const at = clocks[shelf % clocks.length]!
    const ended = at === 'ended'
    return (
      (clock === undefined || at === clock) &&
      (state === undefined || ((shelf & closedBit) !== 0) === (state === 'closed')) &&
      (isLate === undefined || !ended || ((shelf & lateBit) !== 0) === isLate) &&
      (missing === undefined || (shelf & (dutyBit << duties.indexOf(missing))) !== 0)
    )
  })
}
