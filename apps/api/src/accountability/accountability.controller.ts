import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findDuties, findUnaccounted } from '#dossiers'
import {
  accountability,
  askForDuties,
  asksForTasks,
  type Accountability,
  type Ask,
  type DutiesShown,
} from '#platform'
import { late } from '#tasks'
import { Asks } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

@ApiTags('accountability')
@Controller('accountability')
export class AccountabilityController {
  constructor(@Inject(AskingService) private readonly asking: AskingService) {}

  @Get('duties')
  @Asks(findDuties)
  @ApiOperation({
    summary:
      'What an agency has to do now: what is owed, since when, reminders given, to whom it was escalated',
  })
  @QueryRoute(findDuties)
  async duties(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DutiesShown> {
    const ask: Ask = (query, of) => this.asking.ask(query, of, request, reply)
    const shown = await askForDuties(ask, params)
    if (shown.dossiers.next !== null) {
      const query = new URLSearchParams({ ...params, cursor: shown.dossiers.next })
      void reply.header('link', `</api/v1/accountability/duties?${query.toString()}>; rel="next"`)
    }
    return shown
  }

  @Get()
  @Asks(findUnaccounted)
  @ApiOperation({
    summary: 'Every late dossier and task by name until it is accounted for: what is missing, who owes it',
  })
  @QueryRoute(findUnaccounted)
  async list(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accountability> {
    const { asOf, agency, at } = params
    const tasks = asksForTasks(params)
      ? await this.asking.ask(
          late,
          {
            ...(asOf !== undefined && { asOf }),
            ...(agency !== undefined && { agency }),
            ...(at !== undefined && { at }),
          },
          request,
          reply,
        )
      : null
    // Asked last, so that the headers tell the place of what is paged.
    const register = await this.asking.ask(findUnaccounted, params, request, reply)
    void reply.header('total-count', String(register.total))
    if (register.next !== null) {
      const query = new URLSearchParams({ ...params, cursor: register.next })
      void reply.header('link', `</api/v1/accountability?${query.toString()}>; rel="next"`)
    }
    return accountability(register, tasks, params['missing'])
  }
}
