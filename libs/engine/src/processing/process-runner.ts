import { PositionBeyondEnd, type EventStore, type RecordedEvent } from '#event-store'
import type { CommandHandler } from '../commanding/command-handler.js'
import { atMost } from '../leading/at-most.js'
import type { Failed, Lead, Leadership } from '../leading/leadership.js'
import { observeReaction } from '../observing/observe-step.js'
import type { Workflow } from '../workflow/workflow.js'
import { incomingOf, Instance, unrouted, type Incoming } from './instance.js'
import { EventReader, refOf } from './process-event.js'
import type { Process } from './process.js'
import { processWorkflow } from './process.workflow.js'

/** Instances brought forward at a time: what they append at once fills a group commit of the store by half. */
const defaultInFlight = 128

/** Events read at a time; the place in the log is noted after each lot. */
const defaultPageSize = 500

/** So often at most is noted that there was nothing to react to. */
const noteEveryMs = 10_000

/** Acts of operators after which an instance goes on. */
const resolutions = ['process.Retried', 'process.Dismissed']

export interface ProcessRunnerParts {
  readonly store: EventStore
  readonly commands: CommandHandler
  /** Of all events that processes react to. */
  readonly workflows: readonly Workflow[]
  readonly leadership: Pick<Leadership, 'whileLeading'>
  readonly failed: Failed
}

export interface ProcessRunnerOptions {
  readonly inFlight?: number
  readonly pageSize?: number
}

/**
 * Lets processes react to the log. Any number may run; one at a time leads each process. Events of one instance are
 * taken in the order of the log, instances side by side. The place in the log moves on once everything before it is
 * taken, delivered or held on record; what is read twice is known by the instance's own stream.
 */
export class ProcessRunner {
  readonly #stop = new AbortController()
  readonly #reader: EventReader
  readonly #inFlight: number
  readonly #pageSize: number
  #running: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly parts: ProcessRunnerParts,
    { inFlight = defaultInFlight, pageSize = defaultPageSize }: ProcessRunnerOptions = {},
  ) {
    this.#reader = new EventReader(parts.workflows)
    this.#inFlight = inFlight
    this.#pageSize = pageSize
  }

  start(processes: readonly Process[]): void {
    const { leadership, failed } = this.parts
    this.#running = Promise.all(
      processes.map((process) =>
        leadership.whileLeading(leadOf(process.name), this.#stop.signal, failed, (lead) =>
          this.#follow(process, lead),
        ),
      ),
    )
  }

  /** Finishes the steps in hand. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #follow(process: Process, lead: Lead): Promise<void> {
    const { signal } = lead
    const types = [...process.eventTypes, ...resolutions]
    let noted = Date.now()
    try {
      for await (const delivery of this.parts.store.subscribe(lead.position, {
        types,
        pageSize: this.#pageSize,
        signal,
      })) {
        if (delivery.kind === 'events') await this.#take(process, delivery.events, signal)
        else if (Date.now() - noted < noteEveryMs) continue
        if (signal.aborted) return
        await lead.move(delivery.checkpoint)
        lead.progressed()
        noted = Date.now()
      }
    } catch (error) {
      // An older copy of the log has the process streams that belong to it: nothing is done twice from its start on.
      if (error instanceof PositionBeyondEnd) await lead.move(0n)
      throw error
    }
  }

  async #take(process: Process, events: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    const parts = { ...this.parts, process, reader: this.#reader }
    const byInstance = new Map<string, Incoming[]>()
    for (const { instance, incoming } of events.flatMap((event) => this.#turnsOf(process, event)))
      byInstance.set(instance, [...(byInstance.get(instance) ?? []), incoming])
    await atMost(this.#inFlight, [...byInstance], signal, async ([id, turns]) => {
      const instance = new Instance(parts, id)
      for (const incoming of turns)
        if (!signal.aborted) await observeReaction(process.name, incoming.ref, () => instance.bring(incoming))
    })
  }

  #turnsOf(process: Process, event: RecordedEvent): Turn[] {
    if (resolutions.includes(event.type)) {
      const prefix = `${processWorkflow.name}-${process.name}:`
      const isOwn = event.stream.startsWith(prefix)
      const incoming = { ref: refOf(event), resolves: true } as const
      return isOwn ? [{ instance: event.stream.slice(prefix.length), incoming }] : []
    }
    const incoming = incomingOf({ process, reader: this.#reader }, event)
    if (incoming === null) return []
    const instance = 'thrown' in incoming ? unrouted : incoming.routed.instance
    return [{ instance, incoming }]
  }
}

/** An event's turn with an instance. */
interface Turn {
  readonly instance: string
  readonly incoming: Incoming
}

/** Under which name a process is led. */
export function leadOf(process: string): string {
  return `process:${process}`
}
