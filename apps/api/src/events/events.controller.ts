import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findTrace, type Trace } from '#engine'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { parameterExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

@ApiTags('inspection')
@Controller('events')
export class EventsController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

  @Get(':id/trace')
  @Asks(findTrace)
  @ApiOperation({
    summary:
      'Why an event is there: what caused it up to where it began, and what it caused. Also of a command id',
  })
  @QueryRoute(findTrace)
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid', example: parameterExamples['event'] } })
  trace(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Trace> {
    return this.asking.ask(findTrace, { id }, request, reply)
  }
}
