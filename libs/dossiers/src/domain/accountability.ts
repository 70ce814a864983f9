import { duties, type Duty } from '#accountability'
import type { LocalDate } from '#calendar'
import type { DossierMessage } from './dossier.message.js'
import type { Life } from './life.js'
import type { StepClock } from './step-clocks.js'

export type Owing = Readonly<Partial<Record<Duty, string | null>>>

/** A late dossier's line in the register of those not accounted for. */
export interface RegisterEntry {
  readonly missing: readonly Duty[]
  /** The agency that owes each missing duty; acceptance and apology are its head's. Null where nobody is named. */
  readonly owedBy: Owing
  /** The first late day. */
  readonly since: LocalDate
}

export interface Closing {
  readonly allowed: boolean
  readonly missing: readonly ('end' | Duty)[]
}

/** What is recorded of the duties. A rejection undoes the explanation and its acceptance. */
export type DutiesDone = Readonly<Record<Duty, boolean>>

export function dutiesDone(events: readonly DossierMessage[]): DutiesDone {
  const done = { explanation: false, acceptance: false, apology: false, delivery: false }
  for (const { type } of events) {
    switch (type) {
      case 'Explained':
        done.explanation = true
        break
      case 'ExplanationRejected':
        done.explanation = false
        done.acceptance = false
        break
      case 'ExplanationAccepted':
        done.acceptance = true
        break
      case 'ApologyIssued':
        done.apology = true
        break
      case 'ApologyDelivered':
        done.delivery = true
    }
  }
  return done
}

export function missingDuties(done: DutiesDone): Duty[] {
  return duties.filter((duty) => !done[duty])
}

/** Where the delay arose: the first step that went over its time, else as reported, else the resolving agency. */
export interface Responsible {
  readonly unit: string | null
  readonly causing: string | null
  readonly oneStop: string | null
}

export function responsibleOf(
  events: readonly DossierMessage[],
  life: Life,
  steps: readonly StepClock[],
): Responsible {
  const reported = events.findLast(({ delayCausedBy }) => delayCausedBy !== null)?.delayCausedBy ?? null
  const lateStep = steps.find(({ result }) => result === 'after')?.agency ?? null
  const received = life.accepted?.agency ?? life.submitted?.agency ?? null
  // Who returns a result is the one-stop; a resolving agency is told by the hand-over to it.
  const resolving = life.resolved?.agency ?? steps.at(-1)?.agency ?? life.returned?.agency ?? received
  return {
    unit: lateStep ?? reported ?? resolving,
    causing: reported ?? lateStep ?? resolving,
    oneStop: received,
  }
}

/** Null where the dossier is not late or nothing is missing: it leaves the register by a recorded fact only. */
export function registerEntry(
  late: boolean,
  missing: readonly Duty[],
  { unit, causing, oneStop }: Responsible,
  since: LocalDate,
): RegisterEntry | null {
  if (!late || missing.length === 0) return null
  const owes: Readonly<Record<Duty, string | null>> = {
    explanation: unit,
    acceptance: unit,
    apology: causing,
    delivery: oneStop,
  }
  return { missing, owedBy: Object.fromEntries(missing.map((duty) => [duty, owes[duty]])), since }
}

/**
 * Closing waits for the end, and of a late dossier for the apology and an accepted explanation: not for the delivery,
 * nor for the record of an explanation that was accepted.
 */
export function closingOf(ended: boolean, late: boolean, missing: readonly Duty[]): Closing {
  const waitedFor: readonly Duty[] = missing.includes('acceptance')
    ? ['explanation', 'acceptance', 'apology']
    : ['apology']
  const owed = late ? missing.filter((duty) => waitedFor.includes(duty)) : []
  const all = [...(ended ? [] : ['end' as const]), ...owed]
  return { allowed: all.length === 0, missing: all }
}
