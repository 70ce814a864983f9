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

export interface RecordRoutesParts<Member extends string> {
  readonly workflow: Workflow
  readonly history: Query<{ [Name in Member]: string }, readonly HistoryEntry[]>
  readonly transitions: Query<{ [Name in Member]: string }, readonly AvailableTransition[]>
  /** The member of both questions that names the record. */
  readonly member: Member
  /** The parameter of the path that names it, with one that the documentation's calls find. */
  readonly path: string
  readonly example: unknown
  readonly summaries: { readonly history: string; readonly transitions: string; readonly transition: string }
  readonly elsewhere?: Elsewhere
}

/** What the routes of a controller need. */
export class RecordController {
  constructor(
    @Inject(AskingService) protected readonly asking: AskingService,
    @Inject(CommandingService) protected readonly commanding: CommandingService,
  ) {}
}

/**
 * The routes that every kind of record has: what happened to one, what the reader may do with it now, and doing it. A
 * controller extends them with the questions of its own.
 */
export function RecordRoutes<Member extends string>(
  parts: RecordRoutesParts<Member>,
): Type<RecordController> {
  const { workflow, member, path, example, summaries, elsewhere = {} } = parts
  const ThePath = (): MethodDecorator => ApiParam({ name: path, schema: { type: 'string', example } })
  const named = (id: string): Record<string, string> => ({ [member]: id })

  class Routes extends RecordController {
    @Get(`:${path}/history`)
    @Asks(parts.history)
    @ApiOperation({ summary: summaries.history })
    @QueryRoute(parts.history, historySchema)
    @ThePath()
    history(
      @Param(path) id: string,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<readonly HistoryEntry[]> {
      return this.asking.ask(parts.history, named(id), request, reply)
    }

    @Get(`:${path}/transitions`)
    @Asks(parts.transitions)
    @ApiOperation({ summary: summaries.transitions })
    @QueryRoute(parts.transitions)
    @ThePath()
    transitions(
      @Param(path) id: string,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<readonly AvailableTransition[]> {
      return this.asking.ask(parts.transitions, named(id), request, reply)
    }

    @Post(`:${path}/transitions/:name`)
    @HttpCode(200)
    @Commands(workflow)
    @ApiOperation({ summary: summaries.transition })
    @CommandRoute(workflow, { path, elsewhere })
    async transition(
      @Param(path) id: string,
      @Param('name') name: string,
      @QueryParam('dryRun') dryRun: unknown,
      @Body() body: TransitionBody | undefined,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<CommandAnswer> {
      const target = { aggregate: id, transition: name }
      await this.commanding.prepare(workflow, target, request, () => assertHere(elsewhere, name))
      return this.commanding.send(workflow, target, body, dryRun, request, reply)
    }
  }
  return Routes
}
