import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isUuid } from '#kernel'
import { correlationOf, parseTraceparent } from './traceparent.js'

interface Traced {
  readonly span: Span
  readonly active: Context
  readonly parent: SpanContext | null
}

const traced = new WeakMap<FastifyRequest, Traced>()

/** Begins the span of a request, under the caller's where there is one. The path itself is not told: it has codes in it. */
export function beginSpan(request: FastifyRequest): void {
  const parent = parseTraceparent(request.headers.traceparent)
  const above = parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent)
  const attributes = { 'http.request.method': request.method }
  const span = trace
    .getTracer('roviec')
    .startSpan(`HTTP ${request.method}`, { kind: SpanKind.SERVER, attributes }, above)
  traced.set(request, { span, active: trace.setSpan(above, span), parent })
}

export function endSpan(request: FastifyRequest, reply: FastifyReply): void {
  const { span } = traced.get(request) ?? {}
  if (span === undefined) return
  const route = request.routeOptions.url
  if (route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route)
  span.setAttribute('http.response.status_code', reply.statusCode)
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** Runs the work within the request's span. */
export function withinSpan<Result>(request: FastifyRequest, work: () => Result): Result {
  return context.with(traced.get(request)?.active ?? context.active(), work)
}

/** What the caller's trace says its requests belong to; undefined without one. */
export function correlationFromTrace(request: FastifyRequest): string | undefined {
  const parent = traced.get(request)?.parent ?? null
  return parent === null ? undefined : correlationOf(parent)
}

/** Says in the span what the request is in the log. What is no id may be anything, and is left out. */
export function tellIds(
  request: FastifyRequest,
  { commandId, correlationId }: { readonly commandId: string; readonly correlationId: string },
): void {
  const span = traced.get(request)?.span
  if (isUuid(commandId)) span?.setAttribute('roviec.command_id', commandId)
  if (isUuid(correlationId)) span?.setAttribute('roviec.correlation_id', correlationId)
}
