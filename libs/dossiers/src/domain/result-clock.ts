import type { LocalDate, Moment } from '#calendar'
import { movedByWait, statutoryDeadline, type Deadline } from './deadline.js'
import type { DossierMessage } from './dossier.message.js'
import type { Life } from './life.js'
import type { ProcedureVersion } from './procedure.js'
import type { Rulebook } from './rulebook.js'

/** A time during which the clock stood still; open where `to` is null. */
export interface Stop {
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly waitedFor: 'supplement' | 'fee'
  /** Whether the whole time began anew at its end. */
  readonly restarted: boolean
}

/** From a request for a supplement to the supplement, whether or not it stopped the clock. */
export interface Wait {
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly afterAcceptance: boolean
}

export interface ResultClock {
  /** Fixed at acceptance; of the appointment where one was given that can be. Null before acceptance. */
  readonly first: Deadline | null
  /** What the procedure's time alone gives at acceptance. */
  readonly statutory: Deadline | null
  /** Now; null while the clock is stopped, at the end too where it ended while stopped. */
  readonly due: LocalDate | null
  readonly stopped: boolean
  readonly stops: readonly Stop[]
  readonly waits: readonly Wait[]
}

type Reason = Stop['waitedFor']

/** Runs the clock of the result over settled events, up to the end of the dossier. */
export function resultClock(
  rulebook: Rulebook,
  procedure: ProcedureVersion,
  events: readonly DossierMessage[],
  life: Life,
): ResultClock {
  const run = new ClockRun(rulebook, procedure, life.accepted)
  let accepted = false
  for (const event of events) {
    if (event === life.end) break
    if (event === life.accepted) accepted = true
    run.meet(event, accepted)
  }
  return run.result()
}

/** The day promised; null where none was, or one from before the acceptance, which nobody can have promised. */
export function appointmentOf(accepted: DossierMessage): LocalDate | null {
  return hasImpossibleAppointment(accepted) ? null : accepted.data.appointment
}

export function hasImpossibleAppointment({ occurredAt, data: { appointment } }: DossierMessage): boolean {
  return appointment !== null && appointment < occurredAt.date
}

/** The clock while it is being run; used up by one run. */
class ClockRun {
  readonly #rulebook: Rulebook
  readonly #procedure: ProcedureVersion
  readonly #first: Deadline | null
  readonly #statutory: Deadline | null
  #deadline: Deadline | null
  /** What the clock waits for, and since when it has stood still. */
  #waitingFor: ReadonlySet<Reason> = new Set()
  #since: LocalDate = ''
  readonly #stops: Stop[] = []
  readonly #waits: Wait[] = []

  constructor(rulebook: Rulebook, procedure: ProcedureVersion, accepted: DossierMessage | null) {
    this.#rulebook = rulebook
    this.#procedure = procedure
    const statutory = accepted === null ? null : statutoryDeadline(rulebook, procedure, accepted.occurredAt)
    const appointment = accepted === null ? null : appointmentOf(accepted)
    this.#statutory = statutory
    this.#first = appointment === null ? statutory : { date: appointment, unrolled: appointment }
    this.#deadline = this.#first
  }

  meet({ type, occurredAt }: DossierMessage, accepted: boolean): void {
    const open = this.#waits.at(-1)?.to === null
    switch (type) {
      case 'Accepted':
        if (open && this.#waits.at(-1)?.afterAcceptance === false) this.#closeWait(occurredAt.date)
        return
      case 'SupplementRequested':
        if (!open) this.#waits.push({ from: occurredAt.date, to: null, afterAcceptance: accepted })
        if (accepted) this.#stop('supplement', occurredAt.date)
        return
      case 'Supplemented':
        if (open) this.#closeWait(occurredAt.date)
        this.#release('supplement', occurredAt)
        return
      case 'FeeRequested':
        if (accepted && this.#procedure.feeStopsClock) this.#stop('fee', occurredAt.date)
        return
      case 'FeePaid':
        this.#release('fee', occurredAt)
    }
  }

  result(): ResultClock {
    const stopped = this.#waitingFor.size > 0
    return {
      first: this.#first,
      statutory: this.#statutory,
      due: stopped ? null : (this.#deadline?.date ?? null),
      stopped,
      stops: stopped ? [...this.#stops, ...this.#openStops()] : this.#stops,
      waits: this.#waits,
    }
  }

  /** The first acceptance ends a wait from before it; a second acceptance ends nothing. */
  #closeWait(to: LocalDate): void {
    const wait = this.#waits.pop()!
    this.#waits.push({ ...wait, to })
  }

  /** A clock that has run out is not stopped any more; the due day itself is not over yet. */
  #stop(reason: Reason, day: LocalDate): void {
    if (this.#waitingFor.size === 0) {
      if (this.#deadline === null || day > this.#deadline.date) return
      this.#since = day
    }
    this.#waitingFor = new Set([...this.#waitingFor, reason])
  }

  #release(reason: Reason, at: Moment): void {
    if (!this.#waitingFor.has(reason) || this.#deadline === null) return
    const left = new Set(this.#waitingFor)
    left.delete(reason)
    this.#waitingFor = left
    const restarted = reason === 'supplement' && this.#procedure.supplement === 'restart'
    if (!restarted && left.size > 0) return
    this.#stops.push({ from: this.#since, to: at.date, waitedFor: reason, restarted })
    this.#deadline = restarted
      ? statutoryDeadline(this.#rulebook, { ...this.#procedure, lastHourRule: false }, at)
      : movedByWait(this.#rulebook, this.#procedure.within, this.#deadline, this.#since, at.date)
    this.#since = at.date
  }

  #openStops(): Stop[] {
    const waitedFor = this.#waitingFor.has('supplement') ? 'supplement' : 'fee'
    return [{ from: this.#since, to: null, waitedFor, restarted: false }]
  }
}
