import { deriveId, type JsonValue } from '#kernel'
import type { CatchUp, TimerData } from '../timing/timer.events.js'
import { timerWorkflow } from '../timing/timer.workflow.js'
import type { ProcessCommand } from './process.js'

export interface TimerSetting {
  /** ISO instant with its zone. */
  readonly at: string
  /** ISO duration; default: once. */
  readonly every?: string
  /** What of due times that were missed; default: one fire for all. */
  readonly catchUp?: CatchUp
  /** Comes back with the fire: small, no personal data. */
  readonly data?: TimerData
}

/** The stream of a timer that has fired, or was cancelled already, refuses: either came first. */
const cameSecond = ['transition-not-allowed'] as const

/** The timers of one instance. Each has its name, so that setting it twice is setting the same one. */
export class ProcessTimers {
  constructor(
    private readonly process: string,
    private readonly instance: string,
  ) {}

  /** Id of the timer's aggregate. */
  idOf(name: string): string {
    return deriveId('process-timer', this.process, this.instance, name)
  }

  /** Refused, as an incident, while the timer is pending: use `reschedule`. */
  schedule(name: string, { catchUp = 'once', ...setting }: TimerSetting): ProcessCommand {
    const owner = { kind: 'process', name: this.process, id: this.instance }
    return this.#command(name, 'Schedule', { owner, name, catchUp, ...setting } as unknown as JsonValue)
  }

  /** @param reason about the matter, never about a person */
  reschedule(name: string, at: string, reason: string): ProcessCommand {
    return this.#command(name, 'Reschedule', { at, reason })
  }

  /** Without effect where the timer has fired or was cancelled by then. */
  cancel(name: string, reason: string): ProcessCommand {
    return { ...this.#command(name, 'Cancel', { reason }), tolerates: cameSecond }
  }

  #command(name: string, transition: string, data: JsonValue): ProcessCommand {
    return { workflow: timerWorkflow.name, aggregate: this.idOf(name), transition, data }
  }
}
