import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from './language.js'
import { problemOf, type Problem } from './problem.js'

/** Every error leaves as problem details in the reader's language; only what broke inside is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('api')

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    if (reply.sent || reply.raw.headersSent) {
      this.#logger.error(`${request.method} ${request.url.split('?')[0]!}`, (error as Error).stack)
      reply.raw.destroy()
      return
    }
    const problem = sendProblem(error, request, reply)
    if (problem.status === 500)
      this.#logger.error(`${request.method} ${problem.instance}`, (error as Error).stack)
  }
}

/** Also for what the router refuses before Nest sees the request. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): Problem {
  const language = languageOf(request.headers['accept-language'])
  const { problem, retryAfterSeconds } = problemOf(error, language, request.url.split('?')[0]!)
  if (retryAfterSeconds !== null) void reply.header('retry-after', String(retryAfterSeconds))
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer')
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .send(JSON.stringify(problem))
  return problem
}
