import { SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api'
import { RoviecError } from '#kernel'

/** Names of what spans carry. Ids and names of our own making only: never data of a command or an event. */
export const attribute = {
  commandId: 'roviec.command_id',
  correlationId: 'roviec.correlation_id',
  causationId: 'roviec.causation_id',
  eventId: 'roviec.event_id',
  workflow: 'roviec.workflow',
  transition: 'roviec.transition',
  outcome: 'roviec.outcome',
  code: 'roviec.code',
  events: 'roviec.events',
  position: 'roviec.position',
  projection: 'roviec.projection',
  process: 'roviec.process',
} as const

/**
 * Runs the work in a span of its own, the child of the span that is active. Costs next to nothing where no
 * OpenTelemetry SDK is loaded. What fails is told by its code alone: messages may name what a sender wrote.
 */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  // Asked for at each use: an SDK may be registered after this file is loaded.
  const tracer = trace.getTracer('roviec')
  return tracer.startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      fail(span, error)
      throw error
    } finally {
      span.end()
    }
  })
}

/** As `inSpan`, for work that is done at once. */
export function inSpanNow<Result>(name: string, work: () => Result): Result {
  return trace.getTracer('roviec').startActiveSpan(name, (span) => {
    try {
      return work()
    } finally {
      span.end()
    }
  })
}

function fail(span: Span, error: unknown): void {
  const known = error instanceof RoviecError
  span.setAttribute(attribute.code, known ? error.code : 'unexpected-error')
  if (!known || error.kind === 'fault') span.setStatus({ code: SpanStatusCode.ERROR })
}
