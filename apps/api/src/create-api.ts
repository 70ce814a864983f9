import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Platform } from '#platform'
import { AppModule } from './app.module.js'
import { gateToken } from './edge/edge.token.js'
import { EventLoopWatch } from './edge/event-loop.js'
import { Gate } from './edge/gate.js'
import { installEdge } from './edge/install-edge.js'
import { sendProblem } from './http/problem.filter.js'

/** A command or a filter is some kilobytes; what is larger has its own route. */
const maxBodyBytes = 1024 * 1024

/** The limit of the table reader, plus room to say so in its words rather than the server's. */
export const maxFileBytes = 60 * 1024 * 1024

const fileTypes = [
  'application/octet-stream',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]

/** Bodies that stand in memory at a time: four of the largest files, or a quarter of a thousand large commands. */
const maxHeldBytes = 4 * maxFileBytes

/** How much of the request's body will stand in memory. Lines are taken as they come, a few at a time. */
function heldBytes({ headers }: FastifyRequest): number {
  const length = Number(
    headers['content-length'] ?? (headers['transfer-encoding'] === undefined ? 0 : Infinity),
  )
  const type = headers['content-type'] ?? ''
  return Math.min(length, fileTypes.some((one) => type.startsWith(one)) ? maxFileBytes : maxBodyBytes)
}

/** The API over a running platform, not yet listening. */
export async function createApi(platform: Platform): Promise<NestFastifyApplication> {
  const loop = new EventLoopWatch()
  const limits = { most: platform.config.edge.maxCommands, mostBytes: maxHeldBytes }
  const gate = new Gate(limits, () => loop.isBehind)
  const adapter = new FastifyAdapter({
    bodyLimit: maxBodyBytes,
    trustProxy: [...platform.config.edge.trustedProxies],
    forceCloseConnections: true,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(error, request, reply),
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(platform, gate), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  })
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] })
  const fastify = adapter.getInstance() as unknown as FastifyInstance
  for (const type of fileTypes)
    fastify.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: maxFileBytes },
      (_request, body, done) => done(null, body),
    )
  // Lines are read as they are used: their number has no limit that memory sets.
  fastify.addContentTypeParser('application/x-ndjson', (_request, body, done) => done(null, body))
  installEdge(fastify, platform, gate, heldBytes)
  loop.start()
  fastify.addHook('onClose', async () => loop.stop())
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description))
  return app
}

/**
 * Takes no more requests, waits for those inside, then closes. Whether all of them got their answer within the time:
 * what did not was cut off.
 */
export async function closeApi(app: NestFastifyApplication, withinMs: number): Promise<boolean> {
  const left = await app.get<Gate>(gateToken).drain(withinMs)
  await app.close()
  return left
}

const description = new DocumentBuilder()
  .setTitle('RõViệc')
  .setDescription(
    'Plan tasks of a province on an event log with a provable history. Every request is by an actor: `Authorization: Bearer rv_…`. Errors are RFC 9457 problem details in Vietnamese, or in English with `Accept-Language: en`.',
  )
  .setVersion('1')
  .addBearerAuth({ type: 'http', scheme: 'bearer' })
  .build()
