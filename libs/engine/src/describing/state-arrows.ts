import type { TransitionDescription, WorkflowDescription } from './describe-workflow.js'

/** From one state to another, by these transitions. */
export interface StateArrow {
  readonly from: string
  readonly to: string
  readonly by: readonly TransitionDescription[]
}

/**
 * Which state may follow which, as far as the table says so. Between the states that a transition both starts from and
 * may lead to, the table leaves open where it leads: most often it stays, so no arrow is drawn (see `staysIn`).
 */
export function stateArrows({ states, transitions }: WorkflowDescription): readonly StateArrow[] {
  const arrows: StateArrow[] = []
  for (const { name: from } of states)
    for (const { name: to } of states) {
      const by = transitions.filter((transition) => leads(transition, from, to))
      if (by.length > 0) arrows.push({ from, to, by })
    }
  return arrows
}

/** The states in which a transition may leave everything as it is but the record. */
export function staysIn({ from, to }: TransitionDescription): readonly string[] {
  return from.filter((state) => to.includes(state))
}

function leads(transition: TransitionDescription, from: string, to: string): boolean {
  if (from === to || !transition.from.includes(from) || !transition.to.includes(to)) return false
  const stays = staysIn(transition)
  return !stays.includes(from) || !stays.includes(to)
}
