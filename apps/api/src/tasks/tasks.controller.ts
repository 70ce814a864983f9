import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
import { Asks } from '../http/access.js'
import { RecordRoutes } from '../http/record-routes.js'
import { parameterExamples, recordExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

@ApiTags('tasks')
@Controller('tasks')
export class TasksController extends RecordRoutes({
  workflow: taskWorkflow,
  history: taskHistory,
  transitions: taskTransitions,
  member: 'code',
  path: 'code',
  example: parameterExamples['code'],
  summaries: {
    history: 'Every event of a task: who, when, why, before and after',
    transitions: 'What you may do with the task now, and why not the rest',
    transition: 'Carry out a transition',
  },
}) {
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
  @QueryRoute(findTask, {}, recordExamples)
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
}
