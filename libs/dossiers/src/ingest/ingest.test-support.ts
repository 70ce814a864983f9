import {
  calendarContext,
  calendarSeedCommands,
  calendarWorkflow,
  readCalendarSeed,
  vietnamCalendar,
} from '#calendar/record'
import { CommandHandler, Unsealing } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore, type EventStore, type RecordedEvent } from '#event-store'
import { newId, type Clock, type JsonValue } from '#kernel'
import { testKeys, testSealing } from '#testing/workflow'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { procedureWorkflow } from '../domain/procedure.workflow.js'
import { rejectionWorkflow } from '../domain/rejection.workflow.js'
import { procedureKey } from '../domain/stream-key.js'
import { boundedLines } from '../evaluate/bounded-lines.js'
import { ingestLines, type IngestParts } from './ingest-lines.js'
import type { IngestSummary, LineOutcome } from './line-outcome.js'

export const connector: Actor = { id: 'mcdt', agency: null, roles: ['connector'], scope: 'all' }
export const clerk: Actor = { id: 'van-thu', agency: null, roles: ['clerk'], scope: 'all' }
export const systemItself: Actor = { id: 'system', agency: null, roles: ['system'], scope: 'all' }

/** One for all logs of a test, since several handlers write to one. */
const keys = testKeys()
const sealing = testSealing(keys)

/** Agencies by the names that the tests use. */
const agencies: Readonly<Record<string, string>> = {
  'mot-cua': 'son-la/mot-cua',
  'so-nnmt': 'son-la/so-nnmt',
}

export function partsOver(store: EventStore, clock: Clock, actor: Actor = connector): IngestParts {
  const workflows = [...calendarContext.workflows, procedureWorkflow, dossierWorkflow, rejectionWorkflow]
  const commands = new CommandHandler({ store, clock, workflows, sealing })
  return { commands, store, clock, actor, resolveAgency: (name) => agencies[name] ?? null }
}

/** A value from the log as a clerk reads it. */
export function opened<Value>({ commands }: Pick<IngestParts, 'commands'>, value: Value): Promise<Value> {
  const workflows = [dossierWorkflow, rejectionWorkflow]
  const load = commands.load.bind(commands)
  return new Unsealing({ keys, workflows, load }).open(value, clerk)
}

/** A log with the calendar of the seeds and a procedure of ten working days. */
export async function ingestOn(now: string, store: EventStore = new InMemoryEventStore()) {
  const clock = { now: () => new Date(now) }
  const parts = partsOver(store, clock)
  for (const command of calendarSeedCommands(readCalendarSeed()))
    await parts.commands.handleOrThrow({ ...command, actor: systemItself })
  await setVersion(parts, { code: 'TT-10', time: 10, unit: 'working-day' })
  return parts
}

export async function logOf(store: EventStore, prefix: string) {
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ streamPrefix: prefix })) events.push(...page)
  return events
}

export async function setVersion(
  { commands }: Pick<IngestParts, 'commands'>,
  version: { readonly code: string } & Readonly<Record<string, JsonValue>>,
): Promise<void> {
  await commands.handleOrThrow({
    id: newId(),
    workflow: procedureWorkflow.name,
    aggregate: procedureKey(version.code),
    transition: 'SetVersion',
    data: { document: 'Quyết định 1/QĐ-UBND', ...version },
    actor: clerk,
  })
}

/** A year of the calendar without any day off but weekends. */
export async function announceYear({ commands }: Pick<IngestParts, 'commands'>, year: number): Promise<void> {
  await commands.handleOrThrow({
    id: newId(),
    workflow: calendarWorkflow.name,
    aggregate: vietnamCalendar,
    transition: 'AnnounceYear',
    data: { year, status: 'provisional', days: [], document: `Thông báo nghỉ lễ năm ${year}` },
    actor: clerk,
  })
}

export interface Ingested {
  readonly outcomes: readonly LineOutcome[]
  readonly summary: IngestSummary
}

export async function ingest(parts: IngestParts, lines: readonly (object | string)[]): Promise<Ingested> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  return ingestBytes(parts, [Buffer.from(text)])
}

export async function ingestBytes(
  parts: IngestParts,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Ingested> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* chunks
  }
  const outcomes: LineOutcome[] = []
  const run = ingestLines(parts, boundedLines(bytes()))
  for (;;) {
    const { done, value } = await run.next()
    if (done === true) return { outcomes, summary: value }
    outcomes.push(...value)
  }
}

/** `1 accepted`, `2 rejected field-missing`, `3 accepted !agency-unknown`. */
export function told({ outcomes }: Ingested): string[] {
  return outcomes.map(({ line, outcome, problem, warnings }) =>
    [
      line,
      outcome,
      ...(problem === null ? [] : [problem.code]),
      ...warnings.map(({ code }) => `!${code}`),
    ].join(' '),
  )
}
