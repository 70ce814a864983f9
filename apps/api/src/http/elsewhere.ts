import { notFound, type Text } from '#kernel'

/** Transitions that come about in another way than by a route of their own, each with that way. */
export type Elsewhere = Readonly<Record<string, Text>>

/** @throws RoviecError `transition-unknown` that tells the way. */
export function assertHere(elsewhere: Elsewhere, transition: string): void {
  if (Object.hasOwn(elsewhere, transition)) throw notFound('transition-unknown', elsewhere[transition]!)
}
