import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Platform } from '#platform'
import { AppModule } from './app.module.js'
import { bearer } from './http/access.guard.js'
import { sendProblem } from './http/problem.filter.js'

/** A command or a filter is some kilobytes; what is larger has its own route. */
const maxBodyBytes = 1024 * 1024

/** The limit of the table reader, plus room to say so in its words rather than the server's. */
const maxFileBytes = 60 * 1024 * 1024

const fileTypes = [
  'application/octet-stream',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]

/** The API over a running platform, not yet listening. */
export async function createApi(platform: Platform): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(error, request, reply),
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(platform), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  })
  app.setGlobalPrefix('api/v1')
  const fastify = adapter.getInstance() as unknown as FastifyInstance
  for (const type of fileTypes)
    fastify.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: maxFileBytes },
      (_request, body, done) => done(null, body),
    )
  // Lines are read as they are used: their number has no limit that memory sets.
  fastify.addContentTypeParser('application/x-ndjson', (_request, body, done) => done(null, body))
  // Before the body is read: nobody without a key makes the server take in a file.
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'POST') return undefined
    try {
      await platform.credentials.authenticate(bearer(request))
      return undefined
    } catch (error) {
      sendProblem(error, request, reply)
      return reply
    }
  })
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description))
  return app
}

const description = new DocumentBuilder()
  .setTitle('RõViệc')
  .setDescription(
    'Plan tasks of a province on an event log with a provable history. Every request is by an actor: `Authorization: Bearer rv_…`. Errors are RFC 9457 problem details in Vietnamese, or in English with `Accept-Language: en`.',
  )
  .setVersion('1')
  .addBearerAuth({ type: 'http', scheme: 'bearer' })
  .build()
