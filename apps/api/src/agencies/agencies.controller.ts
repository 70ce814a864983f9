import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HistoryEntry } from '#engine'
import type { AvailableTransition } from '#engine/workflow'
import {
  agencyRecord,
  agencyWorkflow,
  findAgency,
  listAgencies,
  resolveNames,
  type AgencyListed,
  type AgencyRecord,
  type ResolvedAgency,
} from '#registry'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { historySchema } from '../openapi/answer-schemas.js'
import { parameterExamples } from '../openapi/examples.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

const AgencyParam = (): MethodDecorator =>
  ApiParam({ name: 'id', schema: { type: 'string', example: parameterExamples['agencyId'] } })

@ApiTags('agencies')
@Controller('agencies')
export class AgenciesController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
  ) {}

  @Get()
  @Asks(listAgencies)
  @ApiOperation({ summary: 'Agencies of a province on a day' })
  @QueryRoute(listAgencies)
  async list(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AgencyListed[]> {
    const agencies = await this.asking.ask(listAgencies, params, request, reply)
    void reply.header('total-count', String(agencies.length))
    return agencies
  }

  @Get('resolve')
  @Asks(resolveNames)
  @ApiOperation({ summary: 'The agency a document of a day means by a name: ?names=Sở TTTT&date=2025-06-01' })
  @QueryRoute(resolveNames)
  resolve(
    @Query() { names, ...params }: Readonly<Record<string, string | string[]>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly ResolvedAgency[]> {
    return this.asking.ask(resolveNames, { ...params, names: [names ?? []].flat() }, request, reply)
  }

  @Get(':id')
  @Asks(findAgency)
  @ApiOperation({ summary: 'One agency with its names, spellings, codes and successors' })
  @QueryRoute(findAgency)
  @AgencyParam()
  one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgencyRecord> {
    return this.asking.ask(findAgency, { id }, request, reply)
  }

  @Get(':id/history')
  @Asks(agencyRecord.history)
  @ApiOperation({ summary: 'Every entry about an agency: who, when, before and after' })
  @QueryRoute(agencyRecord.history, historySchema)
  @AgencyParam()
  history(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly HistoryEntry[]> {
    return this.asking.ask(agencyRecord.history, { id }, request, reply)
  }

  @Get(':id/transitions')
  @Asks(agencyRecord.transitions)
  @ApiOperation({ summary: 'What you may do with the agency now, and why not the rest' })
  @QueryRoute(agencyRecord.transitions)
  @AgencyParam()
  transitions(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(agencyRecord.transitions, { id }, request, reply)
  }

  @Post(':id/transitions/:name')
  @HttpCode(200)
  @Commands(agencyWorkflow)
  @ApiOperation({
    summary:
      'Enter what a document says of an agency: a new one, a name, a spelling, a code, a successor, its end',
  })
  @CommandRoute(agencyWorkflow, { path: 'id' })
  transition(
    @Param('id') id: string,
    @Param('name') name: string,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.commanding.send(
      agencyWorkflow,
      { aggregate: id, transition: name },
      body,
      dryRun,
      request,
      reply,
    )
  }
}
