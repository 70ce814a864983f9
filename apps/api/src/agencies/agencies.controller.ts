import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  agencyRecord,
  agencyWorkflow,
  findAgency,
  listAgencies,
  resolveNames,
  type AgencyListed,
  type AgencyRecord,
  type ResolvedAgency,
} from '#registry'
import { Asks } from '../http/access.js'
import { RecordRoutes } from '../http/record-routes.js'
import { parameterExamples, recordExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

const AgencyParam = (): MethodDecorator =>
  ApiParam({ name: 'id', schema: { type: 'string', example: parameterExamples['agencyId'] } })

@ApiTags('agencies')
@Controller('agencies')
export class AgenciesController extends RecordRoutes({
  workflow: agencyWorkflow,
  ...agencyRecord,
  member: 'id',
  path: 'id',
  example: parameterExamples['agencyId'],
  summaries: {
    history: 'Every entry about an agency: who, when, before and after',
    transitions: 'What you may do with the agency now, and why not the rest',
    transition:
      'Enter what a document says of an agency: a new one, a name, a spelling, a code, a successor, its end',
  },
}) {
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
  @ApiOperation({
    summary:
      'One agency with its names, spellings, codes and successors, now or as known at the end of a day',
  })
  @QueryRoute(findAgency, {}, recordExamples)
  @AgencyParam()
  one(
    @Param('id') id: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgencyRecord> {
    return this.asking.ask(findAgency, { ...params, id }, request, reply)
  }
}
