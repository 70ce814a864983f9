import type { Text } from '#kernel'

/** Who acts. Ids are opaque: a name or a number of a person never stands here. */
export interface Actor {
  readonly id: string
  /** The agency the actor acts for; null for actors outside any, such as an operator. */
  readonly agency: string | null
  readonly roles: readonly string[]
  /** The agencies whose records the actor may act on and read. */
  readonly scope: 'all' | readonly string[]
}

/** Whether records of the agency lie within the actor's scope. */
export function reaches(actor: Actor, agency: string | null): boolean {
  return actor.scope === 'all' || (agency !== null && actor.scope.includes(agency))
}

/** A named answer to "who may": it looks at the actor and at the state, because a lead agency differs by task. */
export interface Party<State> {
  readonly name: string
  readonly text: Text
  holds(actor: Actor, state: State): boolean
}

export function party<State>(
  name: string,
  text: Text,
  holds: (actor: Actor, state: State) => boolean,
): Party<State> {
  return { name, text, holds }
}
