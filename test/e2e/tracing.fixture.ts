import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { recordSpans } from '../../libs/engine/src/observing/recorded-spans.fixture.js'

/** The API as in `api.fixture.ts`, under an SDK that keeps spans; prints those of a trace when it is told its id. */
const spans = recordSpans()
createInterface({ input: process.stdin }).on('line', (traceId) => {
  const own = spans.finished().filter((span) => span.spanContext().traceId === traceId)
  const told = own.map((span) => ({
    name: span.name,
    spanId: span.spanContext().spanId,
    parent: span.parentSpanContext?.spanId ?? null,
    attributes: span.attributes,
  }))
  writeSync(1, `spans ${JSON.stringify(told)}\n`)
})
await import('./api.fixture.js')
