import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findAttempts, type AttemptListed } from '#engine'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { QueryRoute } from '../openapi/routes.js'

@ApiTags('inspection')
@Controller('attempts')
export class AttemptsController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

  @Get()
  @Asks(findAttempts)
  @ApiOperation({
    summary: 'Attempts that were refused: who tried what, when, and what forbade it; the newest first',
  })
  @QueryRoute(findAttempts)
  async list(
    @Query() params: Readonly<Record<string, string>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AttemptListed[]> {
    const page = await this.asking.ask(findAttempts, params, request, reply)
    void reply.header('total-count', String(page.total))
    if (page.next !== null) {
      const next = new URLSearchParams({ ...params, cursor: page.next })
      void reply.header('link', `</api/v1/attempts?${next.toString()}>; rel="next"`)
    }
    return page.items
  }
}
