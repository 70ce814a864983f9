import {
  Body,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query as QueryParam,
  Req,
  Res,
  type Type,
} from '@nestjs/common'
import { ApiOperation, ApiParam } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HistoryEntry, Query } from '#engine'
import type { AvailableTransition, Workflow } from '#engine/workflow'
import { historySchema } from '../openapi/answer-schemas.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'
import { Asks, Commands } from './access.js'
import { AskingService } from './asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from './commanding.service.js'
import { assertHere, type Elsewhere } from './elsewhere.js'

type Params = Readonly<Record<string, string>>

/** What the routes of a controller need. */
export class RecordController {
  constructor(
    @Inject(AskingService) protected readonly asking: AskingService,
    @Inject(CommandingService) protected readonly commanding: CommandingService,
  ) {}
}

interface TransitionRoutesParts<Asked> {
  readonly workflow: Workflow
  readonly transitions: Query<Asked, readonly AvailableTransition[]>
  readonly summaries: { readonly transitions: string; readonly transition: string }
  readonly elsewhere?: Elsewhere
}

/** Which record of its kind the routes are of: the one that there is, or the one that the path names. */
interface Which {
  /** The parameter of the path that names it, with one that the documentation's calls find. */
  readonly path?: { readonly name: string; readonly example: unknown }
  readonly aggregateOf: (path: Params) => string
  /** What the questions are asked with. */
  readonly askedOf: (path: Params) => object
}

/** What the reader may do with a record now, and why not the rest; and doing it. */
function TransitionRoutes<Asked>(
  { workflow, transitions, summaries, elsewhere = {} }: TransitionRoutesParts<Asked>,
  { path, aggregateOf, askedOf }: Which,
): Type<RecordController> {
  const place = path === undefined ? '' : `:${path.name}/`

  class Routes extends RecordController {
    @Get(`${place}transitions`)
    @Asks(transitions)
    @ApiOperation({ summary: summaries.transitions })
    @QueryRoute(transitions)
    @InPath(path)
    transitions(
      @Param() params: Params,
      @QueryParam() query: Params,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<readonly AvailableTransition[]> {
      return this.asking.ask(transitions, { ...query, ...askedOf(params) }, request, reply)
    }

    @Post(`${place}transitions/:name`)
    @HttpCode(200)
    @Commands(workflow)
    @ApiOperation({ summary: summaries.transition })
    @CommandRoute(workflow, { elsewhere, ...(path !== undefined && { path: path.name }) })
    async transition(
      @Param() params: Params,
      @QueryParam('dryRun') dryRun: unknown,
      @Body() body: TransitionBody | undefined,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<CommandAnswer> {
      const target = { aggregate: aggregateOf(params), transition: params['name']! }
      await this.commanding.prepare(workflow, target, request, () => assertHere(elsewhere, target.transition))
      return this.commanding.send(workflow, target, body, dryRun, request, reply)
    }
  }
  return Routes
}

function InPath(path: Which['path']): MethodDecorator {
  if (path === undefined) return () => undefined
  return ApiParam({ name: path.name, schema: { type: 'string', example: path.example } })
}

/** Of a kind of which there is one record, such as a rule of the whole province. A controller extends them. */
export function SingletonRoutes(
  parts: TransitionRoutesParts<object> & { readonly aggregate: string },
): Type<RecordController> {
  return TransitionRoutes(parts, { aggregateOf: () => parts.aggregate, askedOf: () => ({}) })
}

export interface RecordRoutesParts<Member extends string> extends TransitionRoutesParts<{
  [Name in Member]: string
}> {
  readonly history: Query<{ [Name in Member]: string }, readonly HistoryEntry[]>
  /** The member of both questions that names the record. */
  readonly member: Member
  readonly path: string
  readonly example: unknown
  readonly summaries: TransitionRoutesParts<unknown>['summaries'] & { readonly history: string }
}

/**
 * The routes that every kind of record has: what happened to one, what the reader may do with it now, and doing it. A
 * controller extends them with the questions of its own.
 */
export function RecordRoutes<Member extends string>(
  parts: RecordRoutesParts<Member>,
): Type<RecordController> {
  const { history, member, summaries } = parts
  const path = { name: parts.path, example: parts.example }
  const aggregateOf = (params: Params): string => params[path.name]!
  const askedOf = (params: Params): object => ({ [member]: aggregateOf(params) })

  class Routes extends TransitionRoutes(parts, { path, aggregateOf, askedOf }) {
    @Get(`:${path.name}/history`)
    @Asks(history)
    @ApiOperation({ summary: summaries.history })
    @QueryRoute(history, historySchema)
    @InPath(path)
    history(
      @Param() params: Params,
      @QueryParam() query: Params,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<readonly HistoryEntry[]> {
      return this.asking.ask(history, { ...query, ...askedOf(params) }, request, reply)
    }
  }
  return Routes
}
