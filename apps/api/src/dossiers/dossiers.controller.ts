import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common'
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  apologyFileName,
  assessForClosing,
  assessForExplanation,
  checkCorrection,
  decidesOnExplanation,
  dossierHistory,
  dossierTransitions,
  dossierWorkflow,
  findApology,
  findDossier,
  findDossiers,
  findRejected,
  listRejected,
  locate,
  writeApology,
  type DossierHistoryEntry,
  type DossierListed,
  type EvaluatedDossier,
  type RejectedListed,
  type RejectedShown,
} from '#dossiers'
import type { Command } from '#engine'
import type { Actor, AvailableTransition } from '#engine/workflow'
import type { JsonValue } from '#kernel'
import type { Platform } from '#platform'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { assertHere, type Elsewhere } from '../http/elsewhere.js'
import { platformToken } from '../http/platform.token.js'
import { rejectedLine } from '../openapi/examples.js'
import { SignedIn } from '../http/signed-in.decorator.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Of the dossiers that a first start loads. */
const example = 'DEMO-2025-0001'
const apologised = 'DEMO-2025-0003'
const DossierParam = (code = example): MethodDecorator =>
  ApiParam({ name: 'dossier', schema: { type: 'string', example: code } })

const elsewhere: Elsewhere = {
  TakeMessages: {
    vi: 'Thông tin của hệ thống nguồn gửi theo từng dòng tới POST /api/v1/dossiers/events.',
    en: 'Messages of a source are sent as lines to POST /api/v1/dossiers/events.',
  },
}

@ApiTags('dossiers')
@Controller('dossiers')
export class DossiersController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
    @Inject(platformToken) private readonly platform: Platform,
  ) {}

  @Get()
  @Asks(findDossiers)
  @ApiOperation({
    summary:
      'Dossiers, filtered and sorted; Total-Count (or Total-Count-At-Least, where so many were counted) and Link tell the rest',
  })
  @QueryRoute(findDossiers)
  async list(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly DossierListed[]> {
    const page = await this.asking.ask(findDossiers, params, request, reply)
    paged(reply, '/api/v1/dossiers', params, page)
    return page.items
  }

  @Get('rejected')
  @Asks(listRejected)
  @ApiOperation({ summary: 'Lines of sources that were not taken, with the reason' })
  @QueryRoute(listRejected)
  async rejected(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly RejectedListed[]> {
    const page = await this.asking.ask(listRejected, params, request, reply)
    paged(reply, '/api/v1/dossiers/rejected', params, page)
    return page.items
  }

  @Get('rejected/:id')
  @Asks(findRejected)
  @ApiOperation({ summary: 'One line that was not taken, as it was received' })
  @QueryRoute(findRejected)
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid', example: rejectedLine } })
  rejectedLine(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RejectedShown> {
    return this.asking.ask(findRejected, { id }, request, reply)
  }

  @Get(':dossier')
  @Asks(findDossier)
  @ApiOperation({
    summary: 'One dossier: clocks, lateness, who owes what; as of a moment, by what was known at another',
  })
  @QueryRoute(findDossier)
  @DossierParam()
  one(
    @Param('dossier') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvaluatedDossier> {
    return this.asking.ask(findDossier, { ...params, code }, request, reply)
  }

  @Get(':dossier/history')
  @Asks(dossierHistory)
  @ApiOperation({ summary: 'Every fact of a dossier in order of receipt, and whether it counts' })
  @QueryRoute(dossierHistory)
  @DossierParam()
  history(
    @Param('dossier') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly DossierHistoryEntry[]> {
    return this.asking.ask(dossierHistory, { ...params, code }, request, reply)
  }

  @Get(':dossier/apology')
  @Asks(findApology)
  @ApiOperation({
    summary: 'The apology (form 04) as DOCX, with the id and digest of its event; personal texts by right',
  })
  @ApiProduces(docx)
  @QueryRoute(findApology)
  @DossierParam(apologised)
  async apology(
    @Param('dossier') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const apology = await this.asking.ask(findApology, { ...params, code }, request, reply)
    return new StreamableFile(await writeApology(apology), {
      type: docx,
      disposition: `attachment; filename="${apologyFileName(apology)}"`,
    })
  }

  @Get(':dossier/transitions')
  @Asks(dossierTransitions)
  @ApiOperation({ summary: 'What you may do with the dossier now, and why not the rest' })
  @QueryRoute(dossierTransitions)
  @DossierParam()
  transitions(
    @Param('dossier') code: string,
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(dossierTransitions, { ...params, code }, request, reply)
  }

  @Post(':dossier/transitions/:name')
  @HttpCode(200)
  @Commands(dossierWorkflow)
  @ApiOperation({ summary: 'An act of an official: explain, apologise, close, correct' })
  @CommandRoute(dossierWorkflow, { path: 'dossier', elsewhere })
  @ApiQuery({ name: 'source', required: false, description: 'Where two sources use the code' })
  async transition(
    @Param('dossier') code: string,
    @Param('name') transition: string,
    @SignedIn() actor: Actor,
    @Query('source') source: string | undefined,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const asked = { aggregate: code, transition }
    const { target, sent } = await this.commanding.prepare(dossierWorkflow, asked, request, async () => {
      assertHere(elsewhere, transition)
      const named = { code, ...(source !== undefined && { source }) }
      const { key: found } = await this.asking.ask(locate, named, request, reply)
      if (transition === 'Correct') await checkCorrection(this.platform.store, body?.data)
      const target = { aggregate: found, transition }
      return { target, sent: await this.#assessed(target, body, request, actor) }
    })
    return this.commanding.send(dossierWorkflow, target, sent, dryRun, request, reply)
  }

  /** What hangs on the assessment is found here, never told by the sender. */
  async #assessed(
    { aggregate, transition }: Pick<Command, 'aggregate' | 'transition'>,
    body: TransitionBody | undefined,
    request: FastifyRequest,
    actor: Actor,
  ): Promise<TransitionBody | undefined> {
    const { occurredAt, data } = body ?? {}
    const id = String(request.headers['idempotency-key'] ?? '')
    const about = { id, aggregate, ...(typeof occurredAt === 'string' && { occurredAt }) }
    const now = this.platform.clock.now().toISOString()
    if (transition === 'Close')
      return { ...body, data: { assessed: { ...(await assessForClosing(this.platform, about, now)) } } }
    if (!decidesOnExplanation(transition)) return body
    const act = { ...about, transition, actor }
    const { messages, decidedBy } = await assessForExplanation(this.platform, act, now)
    const isObject = typeof data === 'object' && !Array.isArray(data)
    const told = isObject ? (data as Readonly<Record<string, JsonValue>>) : {}
    return { ...body, data: { ...told, assessed: { messages, decidedBy } } }
  }
}

function paged(
  reply: FastifyReply,
  path: string,
  params: Params,
  {
    total,
    totalIsAtLeast = false,
    next,
  }: { readonly total: number; readonly totalIsAtLeast?: boolean; readonly next: string | null },
): void {
  // A number that is not the total is never called so: who knows one name only is told nothing rather than a wrong one.
  void reply.header(totalIsAtLeast ? 'total-count-at-least' : 'total-count', String(total))
  if (next === null) return
  const query = new URLSearchParams({ ...params, cursor: next })
  void reply.header('link', `<${path}?${query.toString()}>; rel="next"`)
}
