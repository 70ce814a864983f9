import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HistoryEntry } from '#engine'
import type { AvailableTransition } from '#engine/workflow'
import { actorRecord, actorWorkflow, showActor, type ActorShown } from '#identity'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { assertHere, type Elsewhere } from '../http/elsewhere.js'
import { historySchema } from '../openapi/answer-schemas.js'
import { parameterExamples } from '../openapi/examples.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

/** The secret of a key is shown once, to whoever sits at the machine. */
const elsewhere: Elsewhere = {
  IssueKey: {
    vi: 'Khóa truy cập được cấp tại máy chủ bằng lệnh: roviec key <người-dùng>.',
    en: 'Keys are issued on the server: roviec key <actor>.',
  },
}

const ActorParam = (): MethodDecorator =>
  ApiParam({ name: 'id', schema: { type: 'string', example: parameterExamples['actorId'] } })

/** Officials and connected systems: their office, agency, roles, scope and keys. */
@ApiTags('actors')
@Controller('actors')
export class ActorsController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
  ) {}

  @Get(':id')
  @Asks(showActor)
  @ApiOperation({ summary: 'One actor: office, roles, scope, and the ids of the keys that hold' })
  @QueryRoute(showActor)
  @ActorParam()
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActorShown> {
    const actor = await this.asking.ask(showActor, { id }, request, reply)
    void reply.header('etag', `"${actor.revision}"`)
    return actor
  }

  @Get(':id/history')
  @Asks(actorRecord.history)
  @ApiOperation({ summary: 'Every change of rights and keys: who, when, before and after; why, by right' })
  @QueryRoute(actorRecord.history, historySchema)
  @ActorParam()
  history(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly HistoryEntry[]> {
    return this.asking.ask(actorRecord.history, { id }, request, reply)
  }

  @Get(':id/transitions')
  @Asks(actorRecord.transitions)
  @ApiOperation({ summary: 'What you may do with the actor now, and why not the rest' })
  @QueryRoute(actorRecord.transitions)
  @ActorParam()
  transitions(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(actorRecord.transitions, { id }, request, reply)
  }

  @Post(':id/transitions/:name')
  @HttpCode(200)
  @Commands(actorWorkflow)
  @ApiOperation({ summary: 'Register an actor, change rights, disable, revoke a key' })
  @CommandRoute(actorWorkflow, { path: 'id', elsewhere })
  async transition(
    @Param('id') id: string,
    @Param('name') name: string,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const target = { aggregate: id, transition: name }
    await this.commanding.prepare(actorWorkflow, target, request, () => assertHere(elsewhere, name))
    return this.commanding.send(actorWorkflow, target, body, dryRun, request, reply)
  }
}
