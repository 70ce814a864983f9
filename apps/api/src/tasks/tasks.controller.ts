import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HistoryEntry } from '#engine'
import type { AvailableTransition } from '#engine/workflow'
import {
  findBoard,
  findTask,
  late,
  taskHistory,
  taskTransitions,
  taskWorkflow,
  type LateItem,
  type TaskDetail,
  type TaskView,
} from '#tasks'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { historySchema } from '../openapi/answer-schemas.js'
import { parameterExamples, taskExamples } from '../openapi/examples.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
  ) {}

  @Get()
  @Asks(findBoard)
  @ApiOperation({ summary: 'Tasks, filtered and sorted; Total-Count and Link tell the rest' })
  @QueryRoute(findBoard)
  async list(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly TaskView[]> {
    const page = await this.asking.ask(findBoard, params, request, reply)
    void reply.header('total-count', String(page.total))
    if (page.next !== null) {
      const next = new URLSearchParams({ ...params, cursor: page.next })
      void reply.header('link', `</api/v1/tasks?${next.toString()}>; rel="next"`)
    }
    return page.items
  }

  @Get('late')
  @Asks(late)
  @ApiOperation({ summary: 'Deliverables completed late, and open ones past their due date' })
  @QueryRoute(late)
  async late(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly LateItem[]> {
    const items = await this.asking.ask(late, params, request, reply)
    void reply.header('total-count', String(items.length))
    return items
  }

  @Get(':code')
  @Asks(findTask)
  @ApiOperation({
    summary: 'One task with its deliverables and the original cells, now or as known at the end of a day',
  })
  @QueryRoute(findTask, {}, taskExamples)
  @ApiParam({ name: 'code', schema: { type: 'string', example: parameterExamples['code'] } })
  async one(
    @Param('code') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TaskDetail> {
    const task = await this.asking.ask(findTask, { ...params, code }, request, reply)
    void reply.header('etag', `"${task.revision}"`)
    return task
  }

  @Get(':code/history')
  @Asks(taskHistory)
  @ApiOperation({ summary: 'Every event of a task: who, when, why, before and after' })
  @QueryRoute(taskHistory, historySchema)
  @ApiParam({ name: 'code', schema: { type: 'string', example: parameterExamples['code'] } })
  history(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly HistoryEntry[]> {
    return this.asking.ask(taskHistory, { code }, request, reply)
  }

  @Get(':code/transitions')
  @Asks(taskTransitions)
  @ApiOperation({ summary: 'What you may do with the task now, and why not the rest' })
  @QueryRoute(taskTransitions)
  @ApiParam({ name: 'code', schema: { type: 'string', example: parameterExamples['code'] } })
  transitions(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(taskTransitions, { code }, request, reply)
  }

  @Post(':code/transitions/:name')
  @HttpCode(200)
  @Commands(taskWorkflow)
  @ApiOperation({ summary: 'Carry out a transition' })
  @CommandRoute(taskWorkflow, { path: 'code' })
  transition(
    @Param('code') code: string,
    @Param('name') name: string,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const target = { aggregate: code, transition: name }
    return this.commanding.send(taskWorkflow, target, body, dryRun, request, reply)
  }
}
