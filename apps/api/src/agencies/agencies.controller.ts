import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  findAgency,
  listAgencies,
  resolveNames,
  type AgencyListed,
  type AgencyRecord,
  type ResolvedAgency,
} from '#registry'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { parameterExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

@ApiTags('agencies')
@Controller('agencies')
export class AgenciesController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

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
  @ApiParam({ name: 'id', schema: { type: 'string', example: parameterExamples['agencyId'] } })
  one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgencyRecord> {
    return this.asking.ask(findAgency, { id }, request, reply)
  }
}
