import { measureLag, type Lag } from '#engine'

/** Looks at the log and the views at most this often, however many ask. */
const lookAgainMs = 1_000

/** How far the views are behind, at most a second old. What it answers rejects where log or views cannot be reached. */
export function lagWatch(...watched: Parameters<typeof measureLag>): () => Promise<Lag> {
  let looked: { readonly at: number; readonly lag: Promise<Lag> } | undefined
  return () => {
    if (looked === undefined || performance.now() - looked.at >= lookAgainMs)
      looked = { at: performance.now(), lag: measureLag(...watched) }
    return looked.lag
  }
}
