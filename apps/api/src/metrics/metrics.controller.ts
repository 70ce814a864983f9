import { Controller, Get, Inject, Res } from '@nestjs/common'
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { notFound } from '#kernel'
import type { Platform } from '#platform'
import { ForMonitors } from '../http/access.js'
import { platformToken } from '../http/platform.token.js'

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(platformToken) private readonly platform: Platform) {}

  @Get()
  @ForMonitors('operator', 'auditor')
  @ApiOperation({
    summary: 'Numbers for Prometheus: how far views are behind, what commands came to, how long it took',
  })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format', schema: { type: 'string' } })
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metrics } = this.platform
    if (metrics === null) throw notCounted()
    void reply.header('content-type', metrics.registry.contentType)
    return metrics.text()
  }
}

function notCounted(): Error {
  return notFound('metrics-off', {
    vi: 'Tiến trình này không thu thập số liệu giám sát.',
    en: 'This process does not count what happens.',
  })
}
