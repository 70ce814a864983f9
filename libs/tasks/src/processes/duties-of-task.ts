import { momentsAwaited, noDuties, watchDuties, type DutiesAct, type DutiesWatch } from '#accountability'
import type { DeliverableSight, TaskDutiesSight } from './see-duties.js'
import { settled } from './watching-tasks.js'

/** What the process remembers of a task. */
export interface TaskWatch {
  /** When its timer is due; null where none is set. At most one is, however many deliverables there are. */
  readonly wake: string | null
  /** By deliverable; those of which nothing is announced or open are left out. */
  readonly duties: Readonly<Record<string, DutiesWatch>>
}

export const nothingWatched: TaskWatch = { wake: null, duties: {} }

export interface TaskStep {
  readonly watch: TaskWatch
  readonly acts: readonly { readonly act: DutiesAct; readonly of: DeliverableSight }[]
  readonly cancel: string | null
  readonly set: string | null
}

/** Pure, and nothing where nothing has changed. A timer alone announces and opens: a fact only sets it. */
export function lookAtTask(before: TaskWatch, sight: TaskDutiesSight): TaskStep {
  const { at, fired } = sight
  const wake = before.wake === fired ? null : before.wake
  const steps = [...new Set([...Object.keys(before.duties), ...sight.deliverables.map(({ id }) => id)])].map(
    (id) => stepOf(id, before, sight),
  )
  const next = steps
    .flatMap(({ awaited }) => awaited)
    .filter((moment) => moment > at)
    .toSorted()[0]
  const set = steps.some(({ waits }) => waits) ? settled(wake, at) : (next ?? null)
  const isSet = set === wake
  const kept = steps.filter(({ duties }) => duties.expected !== null || duties.open !== null)
  return {
    watch: { wake: set, duties: Object.fromEntries(kept.map(({ of, duties }) => [of.id, duties])) },
    acts: steps.flatMap(({ of, acts }) => acts.map((act) => ({ act, of }))),
    cancel: isSet ? null : wake,
    set: isSet ? null : set,
  }
}

interface Step {
  readonly of: DeliverableSight
  readonly duties: DutiesWatch
  readonly acts: readonly DutiesAct[]
  readonly awaited: readonly string[]
  /** What follows waits for a timer. */
  readonly waits: boolean
}

function stepOf(id: string, { duties }: TaskWatch, { at, fired, deliverables }: TaskDutiesSight): Step {
  const of = deliverables.find((one) => one.id === id) ?? { ...settledSight, id }
  const was = duties[id] ?? noDuties
  const { watch, acts } = watchDuties(was, { ...of, at })
  const waits = fired === null && acts.some(({ kind }) => kind === 'open' || kind === 'announce')
  if (waits) return { of, duties: was, acts: [], awaited: [], waits }
  const looks = of.lookAt === null ? [] : [of.lookAt]
  return { of, duties: watch, acts, awaited: [...momentsAwaited(watch, { ...of, at }), ...looks], waits }
}

/** Of a deliverable that is neither late nor waited for. */
const settledSight: Omit<DeliverableSight, 'id'> = {
  due: null,
  unit: null,
  late: false,
  since: null,
  expectedAt: null,
  overdueAt: null,
  lookAt: null,
  missing: [],
  reminders: [],
}
