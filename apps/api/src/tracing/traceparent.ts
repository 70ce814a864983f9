import { isSpanContextValid, type SpanContext } from '@opentelemetry/api'

const version00 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const later = /^(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/

/** The caller's span (W3C Trace Context, level 1), or null where the header is missing or not valid: as if not sent. */
export function parseTraceparent(header: string | string[] | undefined): SpanContext | null {
  if (typeof header !== 'string') return null
  const match = version00.exec(header) ?? later.exec(header)
  if (match === null) return null
  const [, traceId, spanId, flags] = match as unknown as [string, string, string, string]
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return isSpanContextValid(parent) ? parent : null
}

/** A trace id as the UUID it has room for: what a command belongs to, in the log and in the traces of others. */
export function correlationOf({ traceId }: SpanContext): string {
  return traceId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
