import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findProcedure, listProcedures, type ProcedureListed, type ProcedureShown } from '#dossiers'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { QueryRoute } from '../openapi/routes.js'

@ApiTags('procedures')
@Controller('procedures')
export class ProceduresController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

  @Get()
  @Asks(listProcedures)
  @ApiOperation({ summary: 'Administrative procedures, by code' })
  @QueryRoute(listProcedures)
  list(
    @Query() params: Readonly<Record<string, string>>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly ProcedureListed[]> {
    return this.asking.ask(listProcedures, params, request, reply)
  }

  @Get(':procedure')
  @Asks(findProcedure)
  @ApiOperation({ summary: 'One procedure with all its versions' })
  @QueryRoute(findProcedure)
  @ApiParam({ name: 'procedure', schema: { type: 'string', example: 'DEMO-TT-10' } })
  one(
    @Param('procedure') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcedureShown> {
    return this.asking.ask(findProcedure, { code }, request, reply)
  }
}
