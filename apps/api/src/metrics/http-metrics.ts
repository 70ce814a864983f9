import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Gate } from '../edge/gate.js'

/** From an answer out of memory to what a reader of its own write waits for. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export interface HttpMetrics {
  answered(request: FastifyRequest, reply: FastifyReply): void
  turnedAway(code: string): void
}

/** Counts answers by route, never by path: paths have codes in them. */
export function httpMetrics(registry: Registry, gate: Gate): HttpMetrics {
  const registers = [registry]
  const durations = new Histogram({
    name: 'roviec_http_request_duration_seconds',
    help: 'Answers by route',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  const away = new Counter({
    name: 'roviec_http_turned_away_total',
    help: 'Requests turned away before any work on them',
    labelNames: ['code'],
    registers,
  })
  new Gauge({
    name: 'roviec_http_requests_inside',
    help: 'Requests in work and waiting',
    registers,
    collect() {
      this.set(gate.inside)
    },
  })
  return {
    answered(request, reply) {
      const route = request.routeOptions.url ?? 'unknown'
      const labels = { method: request.method, route, status: String(reply.statusCode) }
      durations.observe(labels, reply.elapsedTime / 1_000)
    },
    turnedAway: (code) => away.inc({ code }),
  }
}
