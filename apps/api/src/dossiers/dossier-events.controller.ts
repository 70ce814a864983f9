import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { boundedLines, ingestRoles } from '#dossiers'
import type { Actor } from '#engine/workflow'
import { ingestDossiers, type Platform } from '#platform'
import { ForRoles } from '../http/access.js'
import { languageOf } from '../http/language.js'
import { platformToken } from '../http/platform.token.js'
import { SignedIn } from '../http/signed-in.decorator.js'
import { ingestAnswer } from './ingest-answer.js'
import { dossierLines } from '../openapi/examples.js'
import { atMost, messageBody } from './message-body.js'

const lines = 'application/x-ndjson'

@ApiTags('dossiers')
@Controller('dossiers')
export class DossierEventsController {
  constructor(@Inject(platformToken) private readonly platform: Platform) {}

  /** `gzip -c dossiers.ndjson | curl --data-binary @- -H 'Content-Type: application/x-ndjson' -H 'Content-Encoding: gzip'`. */
  @Post('events')
  @HttpCode(200)
  @ForRoles(...ingestRoles)
  @ApiOperation({
    summary:
      'Messages of a one-stop system, one JSON object a line; an outcome for every line. Repeat it safely.',
  })
  @ApiConsumes(lines)
  @ApiProduces('application/json', lines)
  @ApiHeader({ name: 'Content-Encoding', required: false, description: 'gzip where the body is packed' })
  @ApiHeader({
    name: 'Accept',
    required: false,
    description: `\`${lines}\` for outcomes as they come about, a line each; else one JSON document`,
  })
  @ApiBody({ schema: { type: 'string' }, examples: { dossier: { summary: 'NDJSON', value: dossierLines } } })
  @ApiResponse({
    status: 200,
    description: 'Per line: accepted, repeated, or rejected with a code and what to do; then the sum',
  })
  async take(
    @SignedIn() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asLines = (request.headers.accept ?? '').includes('ndjson')
    const run = ingestDossiers(this.platform, atMost(boundedLines(messageBody(request))), actor)
    const answer = await ingestAnswer(run, {
      asLines,
      language: languageOf(request.headers['accept-language']),
    })
    await reply
      .header('content-type', `${asLines ? lines : 'application/json'}; charset=utf-8`)
      .header('x-accel-buffering', 'no')
      .send(answer)
  }
}
