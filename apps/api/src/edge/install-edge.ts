import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RoviecError } from '#kernel'
import type { Platform } from '#platform'
import { sendProblem } from '../http/problem.filter.js'
import { signIn } from '../http/sign-in.js'
import { httpMetrics } from '../metrics/http-metrics.js'
import { beginSpan, endSpan } from '../tracing/request-span.js'
import { TooManyRequests } from './errors.js'
import type { Gate, Ticket } from './gate.js'
import { RateLimit } from './rate-limit.js'

/** What says how the server is must be answered when it is not well; streams have a limit of their own. */
const alwaysAnswered = /^\/(health\/(live|ready)|metrics|api\/v1\/health)$/
const endless = '/api/v1/stream'

const tickets = new WeakMap<FastifyRequest, Ticket>()

/** Counts the handler of a request as work until it is done, also when its client has gone. */
export function holdTicket(request: FastifyRequest): () => void {
  return tickets.get(request)?.hold() ?? ((): void => undefined)
}

/**
 * What every request passes before anything else looks at it, documentation and unknown paths too: a span, the limit of
 * its address, room inside, and for those with a body a valid key. None of it reads the body.
 *
 * @param heldBytes how much of a request's body will stand in memory
 */
export function installEdge(
  fastify: FastifyInstance,
  platform: Platform,
  gate: Gate,
  heldBytes: (request: FastifyRequest) => number,
): void {
  const rate = new RateLimit(platform.config.requestsPerSecond)
  const metrics = platform.metrics === null ? null : httpMetrics(platform.metrics.registry, gate)
  const turnAway = (
    error: RoviecError | TooManyRequests,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void => {
    metrics?.turnedAway(error instanceof RoviecError ? error.code : 'rate-limited')
    sendProblem(error, request, reply)
  }
  const enter = (request: FastifyRequest, reply: FastifyReply): RoviecError | null => {
    const path = request.url.split('?')[0]!
    if (alwaysAnswered.test(path)) return null
    if (path === endless) return gate.refusesEndless()
    const ticket = gate.enter(request.method === 'POST' ? 'command' : 'question', heldBytes(request))
    if (ticket instanceof RoviecError) return ticket
    tickets.set(request, ticket)
    reply.raw.once('close', ticket.hold())
    return null
  }
  fastify.addHook('onRequest', async (request, reply) => {
    beginSpan(request)
    const refused = rate.admits(request.ip, performance.now()) ? enter(request, reply) : new TooManyRequests()
    if (refused !== null) {
      turnAway(refused, request, reply)
      return reply
    }
    if (request.method !== 'POST') return undefined
    try {
      await signIn(platform, request)
      return undefined
    } catch (error) {
      sendProblem(error, request, reply)
      return reply
    }
  })
  fastify.addHook('onSend', async (_request, reply) => {
    if (gate.stopping.aborted) void reply.header('connection', 'close')
  })
  fastify.addHook('onResponse', async (request, reply) => {
    metrics?.answered(request, reply)
    endSpan(request, reply)
  })
}
