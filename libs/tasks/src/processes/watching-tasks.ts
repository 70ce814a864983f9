import type { Lookup, ProcessCommand, ProcessEvent, TimerFired } from '#engine'
import { deriveId } from '#kernel'
import { taskWorkflow } from '../domain/task.workflow.js'

/** The moment at which a process looks at a task. */
export interface Look {
  /** ISO instant. */
  readonly at: string
  /** Due time of the timer that woke the process; null where a fact did. */
  readonly fired: string | null
}

type Sighted<Sight> = (lookup: Lookup, task: string, look: Look) => Promise<Sight>

const prefix = `${taskWorkflow.name}-`

/** An instance's id is shorter than an aggregate's. */
const longestInstance = 79

/** What a process that has an instance a task reacts to: the facts named, and its own timer. */
export function watchingTasks<Sight>(process: string, facts: readonly string[], see: Sighted<Sight>) {
  const taskOf = ({ stream }: ProcessEvent): string => stream.slice(prefix.length)
  const fact = {
    instance: (event: ProcessEvent): string => instanceOf(process, taskOf(event)),
    input: (event: ProcessEvent, lookup: Lookup): Promise<Sight> =>
      see(lookup, taskOf(event), { at: event.recordedAt, fired: null }),
  }
  const timer = {
    instance({ data }: ProcessEvent): string | null {
      const { owner } = data as TimerFired
      return owner.kind === 'process' && owner.name === process ? owner.id : null
    },
    input({ data, recordedAt }: ProcessEvent, lookup: Lookup): Promise<Sight> {
      const { dueAt, data: carried } = data as TimerFired
      const at = recordedAt > dueAt ? recordedAt : dueAt
      return see(lookup, carried!['task'] as string, { at, fired: dueAt })
    },
  }
  return { ...Object.fromEntries(facts.map((type) => [type, fact])), 'timer.Fired': timer }
}

function instanceOf(process: string, task: string): string {
  return task.length <= longestInstance ? task : `t::${deriveId(process, task)}`
}

/**
 * What is entered is looked at so long after: whoever enters a plan of last year enters each task and then its documents
 * and explanations.
 */
const settlingMs = 10_000

/** A timer that is due by then is waited for: later facts do not put it off. */
export function settled(wake: string | null, at: string): string {
  const end = new Date(Date.parse(at) + settlingMs).toISOString()
  return wake !== null && wake <= end ? wake : end
}

interface Timers {
  schedule(
    name: string,
    when: { readonly at: string; readonly data: { readonly task: string } },
  ): ProcessCommand
  cancel(name: string, reason: string): ProcessCommand
}

/** Timers are named by their moment, so that no setting of one can meet another. */
export function timerCommands(
  timers: Timers,
  task: string,
  { cancel, set }: { readonly cancel: string | null; readonly set: string | null },
): readonly ProcessCommand[] {
  const cancelled = cancel === null ? [] : [timers.cancel(cancel, 'không còn cần theo dõi thời điểm này')]
  if (set === null) return cancelled
  const scheduled = timers.schedule(set, { at: set, data: { task } })
  // It is set already.
  return [...cancelled, { ...scheduled, tolerates: ['transition-not-allowed'] }]
}
