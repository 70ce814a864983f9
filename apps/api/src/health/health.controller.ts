import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import { listProgress } from '#engine'
import { Public } from '../http/access.js'
import { platformToken } from '../http/platform.token.js'
import { logIncidents, type Platform } from '#platform'

/** Of the newest: a log on which more was done from outside is examined with `roviec doctor`. */
const mostIncidents = 10

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(platformToken) private readonly platform: Platform) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Whether the system is up: the store answers and every view is kept up to date' })
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { store, database } = this.platform
    const head = await store.head()
    const views = await listProgress(database)
    const { incidents, watched } = await logIncidents(store, database, mostIncidents)
    const failed = views.filter((view) => view.state === 'error')
    if (failed.length > 0) void reply.status(HttpStatus.SERVICE_UNAVAILABLE)
    return {
      status: failed.length === 0 ? 'ok' : 'error',
      head: String(head),
      incidents: incidents.map(({ stream, kind, noticedAt }) => ({ stream, kind, noticedAt })),
      incidentsWatched: watched,
      views: views.map(({ name, version, state, position }) => ({
        name,
        version,
        state,
        position: String(position),
      })),
    }
  }
}
