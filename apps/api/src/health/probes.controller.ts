import { setTimeout as delay } from 'node:timers/promises'
import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import type { Platform } from '#platform'
import { gateToken } from '../edge/edge.token.js'
import type { Gate } from '../edge/gate.js'
import { Public } from '../http/access.js'
import { platformToken } from '../http/platform.token.js'
import { readinessOf, type Readiness } from './readiness.js'

/** A log or a database that takes longer does not answer, as far as a probe is concerned. */
const answerWithinMs = 3_000

/** What asks again and again whether to send requests here, and whether to start the process anew. */
@ApiTags('health')
@Controller('health')
export class ProbesController {
  constructor(
    @Inject(platformToken) private readonly platform: Platform,
    @Inject(gateToken) private readonly gate: Gate,
  ) {}

  @Get('live')
  @Public()
  @ApiOperation({ summary: 'Whether the process runs; also while it starts, stops or cannot reach the log' })
  live(): { status: 'live' } {
    return { status: 'live' }
  }

  @Get('ready')
  @Public()
  @ApiOperation({
    summary:
      'Whether requests may be sent here: log and views answer, and views, processes and timers are up to date',
  })
  @ApiResponse({ status: 200, description: 'Ready' })
  @ApiResponse({
    status: 503,
    description: 'Stopping, filling views, too far behind, or without log or views',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.#readiness()
    if (readiness.status !== 'ready')
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE).header('retry-after', '1')
    return readiness
  }

  async #readiness(): Promise<Readiness> {
    if (this.gate.stopping.aborted) return { status: 'stopping', views: [], processes: [] }
    const late = delay(answerWithinMs, undefined, { ref: false })
    const lag = await Promise.race([this.platform.lag().catch(() => undefined), late])
    if (lag === undefined) return { status: 'unreachable', views: [], processes: [] }
    const projections = this.platform.contexts.flatMap((context) => context.projections)
    return readinessOf(lag, projections, this.platform.config.edge.readyMaxLagSeconds)
  }
}
