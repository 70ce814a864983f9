import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  listReportPeriods,
  provincialPeriods,
  reportPeriodTransitions,
  reportPeriodWorkflow,
  type SetPeriod,
} from '#dossiers'
import { Asks } from '../http/access.js'
import { SingletonRoutes } from '../http/record-routes.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** Named periods of reports, as documents set them. */
@ApiTags('rates')
@Controller('report-periods')
export class ReportPeriodsController extends SingletonRoutes({
  workflow: reportPeriodWorkflow,
  aggregate: provincialPeriods,
  transitions: reportPeriodTransitions,
  summaries: {
    transitions: 'What you may do with report periods, and why not the rest',
    transition: 'Set a period by a document; figures as of an older position keep its former days',
  },
}) {
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
}
