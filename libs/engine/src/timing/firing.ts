import { deriveId } from '#kernel'
import type { CommandHandler } from '../commanding/command-handler.js'
import { mayPass } from '../leading/may-pass.js'
import type { Actor } from '../workflow/actor.js'
import type { DatabaseClock } from './database-clock.js'
import type { Due } from './due-timers.js'
import { missed } from './timer.rule.js'
import { timerWorkflow, type TimerState } from './timer.workflow.js'

/** The program itself. */
const system: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

/** What came of a due time. */
export interface Dealt {
  /** Whether this very call recorded something. */
  readonly done: boolean
  /** The timer's next due time; null where it has none. */
  readonly next: Due | null
}

const nothing: Dealt = { done: false, next: null }

/**
 * Fires or skips one due time. The id of the command is that of the due time, so that whoever fires it, and however
 * often, it happens once.
 *
 * @throws whatever is transient.
 */
export async function deal(
  commands: Pick<CommandHandler, 'handle'>,
  clock: DatabaseClock,
  due: Due,
  failed: (error: Error) => void,
): Promise<Dealt> {
  const { timer, schedule, occurrence, cause, correlation } = due
  const transition = missed(due, clock.now().getTime()) > 0 ? 'Skip' : 'Fire'
  try {
    const outcome = await commands.handle<TimerState>({
      id: deriveId('timer', transition, timer, schedule, occurrence),
      workflow: timerWorkflow.name,
      aggregate: timer,
      transition,
      data: { schedule, occurrence },
      actor: system,
      causationId: cause,
      correlationId: correlation,
    })
    if (outcome.status === 'refused')
      // It grew too late on the way here: the rule has it skipped now.
      return outcome.refusal.code === 'timer-missed' ? await deal(commands, clock, due, failed) : nothing
    return { done: outcome.status === 'accepted', next: nextOf(due, outcome.state) }
  } catch (error) {
    if (mayPass(error)) throw error
    // This one timer is left where it is; the others go on.
    failed(error as Error)
    return nothing
  }
}

function nextOf(due: Due, { at, schedule, occurrence, set }: TimerState): Due | null {
  if (at === null || set === null) return null
  return { ...due, at, schedule, occurrence, every: set.every, catchUp: set.catchUp }
}
