import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  listReportPeriods,
  provincialPeriods,
  reportPeriodTransitions,
  reportPeriodWorkflow,
  type SetPeriod,
} from '#dossiers'
import type { AvailableTransition } from '#engine/workflow'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** Named periods of reports, as documents set them. */
@ApiTags('rates')
@Controller('report-periods')
export class ReportPeriodsController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
  ) {}

  @Get()
  @Asks(listReportPeriods)
  @ApiOperation({ summary: 'Report periods that documents set; any other is the calendar’s' })
  @QueryRoute(listReportPeriods)
  periods(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly SetPeriod[]> {
    return this.asking.ask(listReportPeriods, params, request, reply)
  }

  @Get('transitions')
  @Asks(reportPeriodTransitions)
  @ApiOperation({ summary: 'What you may do with report periods, and why not the rest' })
  @QueryRoute(reportPeriodTransitions)
  transitions(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(reportPeriodTransitions, params, request, reply)
  }

  @Post('transitions/:name')
  @HttpCode(200)
  @Commands(reportPeriodWorkflow)
  @ApiOperation({
    summary: 'Set a period by a document; figures as of an older position keep its former days',
  })
  @CommandRoute(reportPeriodWorkflow)
  transition(
    @Param('name') name: string,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const target = { aggregate: provincialPeriods, transition: name }
    return this.commanding.send(reportPeriodWorkflow, target, body, dryRun, request, reply)
  }
}
