import { isRefusal, refuse, type Refusal } from '#kernel'
import type { Actor } from './actor.js'
import type { DecidedEvent, Deciding, Stateful, Transition, Workflow } from './workflow.js'

/**
 * What the table says to a command: the events, or the refusal. Permission comes first, so that whoever may not act
 * learns nothing of the state; then the state, then the guard, then the decision itself.
 */
export function decide<State extends Stateful>(
  workflow: Workflow<State>,
  name: string,
  context: Deciding<State, unknown>,
): readonly DecidedEvent[] | Refusal {
  const transition = workflow.transitions.get(name)
  if (transition === undefined) return unknownTransition(workflow, name)
  return (
    forbidden(transition, name, context.actor, context.state) ??
    outOfPlace(workflow, name, transition, context.state) ??
    transition.guard?.(context) ??
    transition.decide(context)
  )
}

/** One line of "what may I do now": allowed, or why not. */
export interface AvailableTransition {
  readonly name: string
  readonly text: { readonly vi: string; readonly en: string }
  readonly allowed: boolean
  readonly refusal: Refusal | null
}

/** Every command of the workflow for this actor and state, with the reason where it is not possible. */
export function availableTransitions<State extends Stateful>(
  workflow: Workflow<State>,
  state: State,
  actor: Actor,
): readonly AvailableTransition[] {
  return [...workflow.transitions].map(([name, transition]) => {
    const refusal =
      forbidden(transition, name, actor, state) ??
      outOfPlace(workflow, name, transition, state) ??
      transition.guard?.({ state, actor }) ??
      null
    return { name, text: transition.text, allowed: !isRefusal(refusal), refusal }
  })
}

function unknownTransition<State extends Stateful>(workflow: Workflow<State>, name: string): Refusal {
  const known = [...workflow.transitions.keys()]
  return refuse(
    'transition-unknown',
    {
      vi: `Không có thao tác “${name}”. Các thao tác: ${known.join(', ')}.`,
      en: `There is no transition ${name}. Known: ${known.join(', ')}.`,
    },
    { name, known },
  )
}

function forbidden<State extends Stateful>(
  transition: Transition<State, unknown, DecidedEvent>,
  name: string,
  actor: Actor,
  state: State,
): Refusal | null {
  if (transition.by.some((party) => party.holds(actor, state))) return null
  return refuse(
    'not-permitted',
    {
      vi: `Bạn không có quyền “${transition.text.vi}”. Người có quyền: ${transition.by.map((p) => p.text.vi).join(', ')}.`,
      en: `You may not ${name}. Those who may: ${transition.by.map((p) => p.text.en).join(', ')}.`,
    },
    { transition: name, parties: transition.by.map((p) => p.name) },
  )
}

function outOfPlace<State extends Stateful>(
  workflow: Workflow<State>,
  name: string,
  transition: Transition<State, unknown, DecidedEvent>,
  state: State,
): Refusal | null {
  if (transition.from.includes(state.status)) return null
  const label = (status: string): string => workflow.statuses[status]?.vi ?? status
  return refuse(
    'transition-not-allowed',
    {
      vi: `Không thể “${transition.text.vi}” khi đang ở trạng thái “${label(state.status)}”. Chỉ thực hiện được từ: ${transition.from.map((s) => `“${label(s)}”`).join(', ')}.`,
      en: `Cannot ${name}: the ${workflow.name} is ${state.status}; ${name} is possible from ${transition.from.join(', ')}.`,
    },
    { transition: name, status: state.status, from: transition.from },
  )
}
