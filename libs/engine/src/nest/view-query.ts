import { Inject } from '@nestjs/common'
import { Query as BusQuery, QueryHandler as HandlesQuery, type IQueryHandler } from '@nestjs/cqrs'
import { QueryHandler } from '../querying/query-handler.js'
import type { Answered, Query } from '../querying/query.js'
import type { Actor } from '../workflow/actor.js'

/** Any question of any context, on Nest's query bus. */
export class ViewQuery<Params, Answer> extends BusQuery<Answered<Answer>> {
  constructor(
    readonly query: Query<Params, Answer>,
    readonly params: unknown,
    readonly actor: Actor,
    /** The view must have seen this position. */
    readonly atLeast: bigint = 0n,
  ) {
    super()
  }
}

@HandlesQuery(ViewQuery)
export class ViewQueryHandler implements IQueryHandler<ViewQuery<unknown, unknown>> {
  constructor(@Inject(QueryHandler) private readonly queries: QueryHandler) {}

  execute({ query, params, actor, atLeast }: ViewQuery<unknown, unknown>): Promise<Answered<unknown>> {
    return this.queries.ask(query, params, actor, atLeast)
  }
}
