import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  findPlan,
  ImportParams,
  listPlans,
  onTime,
  planRecord,
  planWorkflow,
  type ImportReport,
  type OnTimeTable,
  type PlanView,
} from '#tasks'
import { importers, importPlanFile, type Platform } from '#platform'
import type { Actor } from '#engine/workflow'
import { invalid } from '#kernel'
import { Asks, ForRoles } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService } from '../http/commanding.service.js'
import type { Elsewhere } from '../http/elsewhere.js'
import { platformToken } from '../http/platform.token.js'
import { SignedIn } from '../http/signed-in.decorator.js'
import { RecordRoutes } from '../http/record-routes.js'
import { parameterExamples, planFile, planFileExamples, recordExamples } from '../openapi/examples.js'
import { ParametersOf, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** That a file was taken in is said by whoever read it. */
const elsewhere: Elsewhere = {
  RecordImport: {
    vi: 'Việc nhập phụ lục được ghi nhận khi gửi tệp tới POST /api/v1/plans/import.',
    en: 'An import is recorded by sending the file to POST /api/v1/plans/import.',
  },
}

const PlanParam = (): MethodDecorator =>
  ApiParam({ name: 'code', schema: { type: 'string', example: parameterExamples['plan'] } })

@ApiTags('plans')
@Controller('plans')
export class PlansController extends RecordRoutes({
  workflow: planWorkflow,
  ...planRecord,
  member: 'id',
  path: 'code',
  example: parameterExamples['plan'],
  elsewhere,
  summaries: {
    history: 'Every event of a plan: who, when, why, before and after',
    transitions: 'What you may do with the plan now, and why not the rest',
    transition: 'Register a plan, or correct what is on record of it',
  },
}) {
  constructor(
    @Inject(AskingService) asking: AskingService,
    @Inject(CommandingService) commanding: CommandingService,
    @Inject(platformToken) private readonly platform: Platform,
  ) {
    super(asking, commanding)
  }

  @Get()
  @Asks(listPlans)
  @ApiOperation({ summary: 'The plans' })
  @QueryRoute(listPlans)
  async list(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly PlanView[]> {
    const plans = await this.asking.ask(listPlans, params, request, reply)
    void reply.header('total-count', String(plans.length))
    return plans
  }

  @Get('on-time')
  @Asks(onTime)
  @ApiOperation({ summary: 'On-time table by agency, section and plan, as of a day' })
  @QueryRoute(onTime)
  onTime(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OnTimeTable> {
    return this.asking.ask(onTime, params, request, reply)
  }

  @Get(':code')
  @Asks(findPlan)
  @ApiOperation({ summary: 'One plan with its sections, now or as known at the end of a day' })
  @QueryRoute(findPlan, {}, recordExamples)
  @PlanParam()
  one(
    @Param('code') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanView> {
    return this.asking.ask(findPlan, { ...params, code }, request, reply)
  }

  /** The file is the body itself: `curl --data-binary @phu-luc.csv -H 'Content-Type: text/csv'`. */
  @Post('import')
  @HttpCode(200)
  @ForRoles(...importers)
  @ApiOperation({ summary: 'Bring a plan table (CSV, XLSX, DOCX) into the record; repeat it safely' })
  @ParametersOf(ImportParams, planFileExamples)
  @ApiConsumes('text/csv', 'application/octet-stream')
  @ApiBody({ schema: { type: 'string' }, examples: { plan: { summary: 'CSV', value: planFile } } })
  @ApiResponse({ status: 200, description: 'What was read, recorded and found odd' })
  async import(
    @Query() params: Params,
    @Body() body: unknown,
    @SignedIn() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReport> {
    if (!Buffer.isBuffer(body)) throw noFile()
    const report = await importPlanFile(this.platform, { bytes: body }, params, actor)
    void reply.header('roviec-position', report.position)
    return report
  }
}

function noFile(): Error {
  return invalid('file-missing', {
    vi: 'Chưa có tệp. Gửi nội dung tệp trong thân yêu cầu với Content-Type: text/csv hoặc application/octet-stream.',
    en: 'There is no file. Send its bytes as the body with Content-Type: text/csv or application/octet-stream.',
  })
}
