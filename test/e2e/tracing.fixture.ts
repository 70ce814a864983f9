import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createDatabase } from '#database'
import {
  CommandHandler,
  Leadership,
  process as declareProcess,
  ProcessRunner,
  processWorkflow,
  timerWorkflow,
} from '#engine'
import { NoData, party, workflow } from '#engine/workflow'
import { PostgresEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { recordSpans } from '../../libs/engine/src/observing/recorded-spans.fixture.js'

/**
 * The API as in `api.fixture.ts`, under an SDK that keeps spans, with a process of the test's own that notes each report
 * after a timer. Prints all traces that carry an id, of a trace or of a correlation, when it is told it.
 */
const spans = recordSpans()
createInterface({ input: process.stdin }).on('line', (id) => {
  const finished = spans.finished()
  const traces = new Set(
    finished
      .filter(({ attributes }) => attributes['roviec.correlation_id'] === id)
      .map((span) => span.spanContext().traceId),
  ).add(id)
  const told = finished
    .filter((span) => traces.has(span.spanContext().traceId))
    .map((span) => ({
      name: span.name,
      spanId: span.spanContext().spanId,
      parent: span.parentSpanContext?.spanId ?? null,
      attributes: span.attributes,
    }))
  writeSync(1, `spans ${JSON.stringify(told)}\n`)
})
await import('./api.fixture.js')

const note = workflow<{ status: 'blank' | 'noted' }, { Note: NoData }, { 'note.Noted': NoData }>({
  name: 'note',
  initial: { status: 'blank' },
  statuses: { blank: { vi: 'trống', en: 'blank' }, noted: { vi: 'đã ghi', en: 'noted' } },
  transitions: {
    Note: {
      text: { vi: 'Ghi', en: 'Note' },
      input: NoData,
      from: ['blank'],
      by: [party('system', { vi: 'hệ thống', en: 'system' }, ({ roles }) => roles.includes('system'))],
      to: ['noted'],
      decide: () => [{ type: 'note.Noted', data: {} }],
    },
  },
  evolve: { 'note.Noted': () => ({ status: 'noted' }) },
})

/** An instance for each report. */
const noting = declareProcess<null, { readonly at: string | null }>({
  name: 'noting',
  version: 1,
  reacts: { 'task.Reported': { instance: ({ id }) => id, input: ({ recordedAt }) => ({ at: recordedAt }) } },
  timers: { look: () => ({ at: null }) },
  initial: null,
  evolve: () => null,
  decide: ({ at }, _state, { instance, timers }) =>
    at === null
      ? { commands: [{ workflow: 'note', aggregate: instance, transition: 'Note', data: {} }], ended: true }
      : { commands: [timers.schedule('look', { at })] },
})

const { ROVIEC_DATABASE_URL: url } = JSON.parse(process.argv[2]!) as { ROVIEC_DATABASE_URL: string }
const store = await PostgresEventStore.open({ connection: url })
const workflows = [note, timerWorkflow, processWorkflow]
const commands = new CommandHandler({ store, clock: systemClock, workflows })
const leadership = new Leadership(createDatabase({ connection: url }))
const failed = (name: string, error: Error): void => console.error(name, error)
new ProcessRunner({ store, commands, workflows, leadership, failed }).start([noting])
