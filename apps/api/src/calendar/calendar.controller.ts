import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  calendarTransitions,
  calendarWorkflow,
  findCalendar,
  findDue,
  findWorkingDay,
  findWorkingDays,
  listCalendarVersions,
  vietnamCalendar,
  type CalendarShown,
  type CalendarVersionListed,
  type DayAnswered,
  type ExplainedDue,
  type WorkingDaysCounted,
} from '#calendar/record'
import { Asks } from '../http/access.js'
import { SingletonRoutes } from '../http/record-routes.js'
import { calendarExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** The business calendar: what it says of days, what it said when, and how a document changes it. */
@ApiTags('calendar')
@Controller('calendar')
export class CalendarController extends SingletonRoutes({
  workflow: calendarWorkflow,
  aggregate: vietnamCalendar,
  transitions: calendarTransitions,
  summaries: {
    transitions: 'What you may do with the calendar, and why not the rest',
    transition: 'Record what a document says: a new version, which moves no due date reckoned before',
  },
}) {
  @Get()
  @Asks(findCalendar)
  @ApiOperation({ summary: 'Days off and working Saturdays with their sources, now or by a version: vn/3' })
  @QueryRoute(findCalendar, {}, calendarExamples)
  calendar(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarShown> {
    return this.asking.ask(findCalendar, params, request, reply)
  }

  @Get('versions')
  @Asks(listCalendarVersions)
  @ApiOperation({ summary: 'Every version: what changed, by which document, when it was recorded' })
  @QueryRoute(listCalendarVersions)
  async versions(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly CalendarVersionListed[]> {
    const versions = await this.asking.ask(listCalendarVersions, params, request, reply)
    void reply.header('total-count', String(versions.length))
    return versions
  }

  @Get('working-days')
  @Asks(findWorkingDays)
  @ApiOperation({ summary: 'The working days after one day, to the end of another' })
  @QueryRoute(findWorkingDays, {}, calendarExamples)
  workingDays(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkingDaysCounted> {
    return this.asking.ask(findWorkingDays, params, request, reply)
  }

  @Get('is-working-day')
  @Asks(findWorkingDay)
  @ApiOperation({ summary: 'Whether a day is worked, and why' })
  @QueryRoute(findWorkingDay, {}, calendarExamples)
  isWorkingDay(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DayAnswered> {
    return this.asking.ask(findWorkingDay, params, request, reply)
  }

  @Get('due')
  @Asks(findDue)
  @ApiOperation({ summary: 'The due date of a period such as "10 ngày làm việc", day by day' })
  @QueryRoute(findDue, {}, calendarExamples)
  due(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExplainedDue> {
    return this.asking.ask(findDue, params, request, reply)
  }
}
