import { RoviecError, type Clock } from '#kernel'
import type { Database } from '#database'
import type { EventStore, Position } from '#event-store'
import { validateInput } from '../commanding/validate-input.js'
import { progressOf, reached, type Progress, type ViewAsked } from '../projecting/progress.js'
import { onOneSnapshot } from './one-snapshot.js'
import { withheld, type PersonalReading } from '../sealing/unsealing.js'
import type { Actor } from '../workflow/actor.js'
import type { Answered, Query } from './query.js'

/** How long a reader waits for its own write to show; then it is told, not given an older answer in silence. */
const defaultWaitMs = 5_000

/** Is told of every question that was not permitted. Never throws. */
export interface Denials {
  denied(query: string, actor: Actor, code: string): void
}

const untold: Denials = { denied: () => undefined }

/** The one path of every question: who → what → how far must the view be → answer with its place in the log. */
export class QueryHandler {
  constructor(
    private readonly database: Database,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly waitMs: number = defaultWaitMs,
    /** Of this program: a query is answered from any version of its view that is among them. */
    private readonly projections: readonly ViewAsked[] = [],
    private readonly denials: Denials = untold,
    /** Opens what is personal in any answer for those who may read it. */
    private readonly personal: PersonalReading = withheld,
  ) {}

  /**
   * @throws RoviecError kind `forbidden` (role), `invalid` (parameters) or `conflict` (`view-behind`: the view did
   * not reach `atLeast` in time), `fault` (`view-being-rebuilt`: readers have a version of the view that this program
   * does not know).
   */
  async ask<Params, Answer>(
    query: Query<Params, Answer>,
    params: unknown,
    actor: Actor,
    atLeast: Position = 0n,
  ): Promise<Answered<Answer>> {
    try {
      return await this.#ask(query, params, actor, atLeast)
    } catch (error) {
      if (error instanceof RoviecError && error.kind === 'forbidden' && query.forCommand !== true)
        this.denials.denied(query.name, actor, error.code)
      throw error
    }
  }

  async #ask<Params, Answer>(
    query: Query<Params, Answer>,
    params: unknown,
    actor: Actor,
    atLeast: Position,
  ): Promise<Answered<Answer>> {
    if (!query.roles.some((role) => actor.roles.includes(role))) throw notPermitted(query)
    const validated = validateInput(query.input, params)
    const progress = await this.#progress(query, atLeast)
    const now = this.clock.now().toISOString()
    const answer = await onOneSnapshot(this.database, (database) =>
      query.answer({ params: validated, actor, database, store: this.store, now }),
    )
    return { answer: await this.personal.open(answer, actor), ...progress }
  }

  readonly #accepts = (name: string, version: number): boolean =>
    this.projections.some((known) => known.name === name && known.version === version)

  /** Taken before the answer is made: the answer may be newer than it says, never older. */
  async #progress(query: { readonly view: Query['view'] }, atLeast: Position): Promise<Progress> {
    if (query.view === null)
      return { position: await this.store.head(), reflects: this.clock.now().toISOString(), parked: 0 }
    return atLeast > 0n
      ? reached(this.database, query.view, atLeast, this.waitMs, this.#accepts)
      : progressOf(this.database, query.view, this.#accepts)
  }
}

function notPermitted(query: {
  readonly name: string
  readonly text: { vi: string }
  readonly roles: readonly string[]
}): RoviecError {
  return new RoviecError(
    'forbidden',
    'not-permitted',
    {
      vi: `Bạn không có quyền xem “${query.text.vi}”.`,
      en: `You may not ask for ${query.name}. Roles that may: ${query.roles.join(', ')}.`,
    },
    { query: query.name },
  )
}
