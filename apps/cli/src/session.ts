import type { Query } from '#engine'
import type { Actor } from '#engine/workflow'
import { actAs, openPlatform, readConfig, seedBase, demoClerk, type Platform } from '#platform'
import { tellOfNewKey } from './output/new-master-key.js'
import { warnOfParked } from './output/parked-warning.js'
import type { Place } from './output/place-text.js'
import { onStopSignals } from './stop-signals.js'

/** What a command works with: the running platform, and in whose name it acts. */
export interface Session {
  readonly platform: Platform
  readonly actor: Actor
  /** The answer with everything that is in the log now. */
  ask<Params, Answer>(query: Query<Params, Answer>, params: object): Promise<Answer>
  /** As `ask`, with the place in the log that the answer reflects. */
  askWithPosition<Params, Answer>(
    query: Query<Params, Answer>,
    params: object,
  ): Promise<{ readonly answer: Answer; readonly position: bigint }>
  /** As `askWithPosition`, in the name of another. */
  askAs<Params, Answer>(
    by: Actor,
    query: Query<Params, Answer>,
    params: object,
  ): Promise<{ readonly answer: Answer; readonly position: bigint }>
  /** Of the last answer that came from a view; null where none did. */
  place(): Place | null
}

/** A worker that hangs keeps its projections for ten seconds; a command at the terminal waits for the next. */
const waitForViewsMs = 20_000

/**
 * Opens what the configuration names, runs the command, closes in order. In the embedded mode a running server is
 * shared, otherwise one is started for as long as the command takes.
 */
export async function withSession<Result>(
  options: { readonly as?: string | undefined },
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const platform = await openPlatform(readConfig(process.env), { waitForViewsMs })
  tellOfNewKey(platform)
  const ignoreSignals = closeWhenInterrupted(platform)
  try {
    await seedBase(platform)
    platform.startWorker()
    const actor = await actAs(platform, options.as ?? process.env['ROVIEC_ACTOR'] ?? demoClerk)
    let place: Place | null = null
    const askAs: Session['askAs'] = async (by, query, params) => {
      const answered = await platform.queries.ask(query, params, by, await platform.store.head())
      warnOfParked(query.view?.name, answered.parked)
      if (query.view !== null) place = answered
      return answered
    }
    return await work({
      platform,
      actor,
      askAs,
      askWithPosition: (query, params) => askAs(actor, query, params),
      place: () => place,
      ask: async (query, params) => (await askAs(actor, query, params)).answer,
    })
  } finally {
    await platform.close()
    ignoreSignals()
  }
}

/** As a shell counts it: 128 and the number of SIGINT. */
const exitInterrupted = 130

/**
 * A signal to stop ends the command at once and leaves no database server behind. What was recorded stays; an import
 * goes on from there when it is run again. Answers how to give the signals back to the system.
 */
function closeWhenInterrupted(platform: Platform): () => void {
  const exit = (): never => process.exit(exitInterrupted)
  return onStopSignals(() => void platform.close().finally(exit), exit)
}
