// Records the history of dossiers anew. On purpose only, as record.ts.
//   node --import ./libs/testing/typescript-hooks.js test/histories/record-dossiers.ts --anew
import { createReadStream, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { calendarContext, calendarSeedCommands, readCalendarSeed } from '#calendar/record'
import {
  assessForExplanation,
  boundedLines,
  closeDossier,
  dossiersContext,
  importProcedures,
  ingestLines,
} from '#dossiers'
import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { systemActor } from '#identity'
import { deriveId, type Clock, type JsonValue } from '#kernel'
import { testSealing } from '#testing/workflow'
import { dossierHistory, dossierStates, linesOf, replay, type Line } from './replay.js'

const clock: Clock = { now: () => new Date('2026-06-01T01:00:00.000Z') }
const store = new InMemoryEventStore({ clock })
const workflows = [...calendarContext.workflows, ...dossiersContext.workflows]
const commands = new CommandHandler({ store, clock, workflows, sealing: testSealing() })
const seed = (file: string): string => fileURLToPath(new URL(`../../seeds/${file}`, import.meta.url))
const agencies: Readonly<Record<string, string>> = { 'Sở Tư pháp': 'son-la.so-tu-phap' }
const clerk = { id: 'van-thu-vpub', agency: null, roles: ['clerk'], scope: 'all' } as const
const officer = {
  id: 'cong-chuc',
  agency: 'son-la.so-tu-phap',
  roles: ['lead-officer'],
  scope: 'all',
} as const
const head = { ...officer, id: 'giam-doc', roles: ['head'] } as const

async function act(actor: typeof clerk | typeof officer | typeof head, transition: string, data: JsonValue) {
  const aggregate = 'minh-hoa:DEMO-2026-0007'
  const id = deriveId('history', transition, aggregate)
  await commands.handleOrThrow({ id, workflow: 'dossier', aggregate, transition, data, actor })
}

if (process.argv[2] !== '--anew')
  throw new Error('Say --anew to give up the recorded history for one of today.')
for (const command of calendarSeedCommands(readCalendarSeed()))
  await commands.handleOrThrow({ ...command, actor: systemActor })
const sender = { commands, actor: systemActor }
for await (const { problem } of importProcedures(sender, { path: seed('procedures.demo.csv') }, {}))
  if (problem !== null) throw new Error(problem.code)
const parts = { commands, store, clock, resolveAgency: (name: string) => agencies[name] ?? null }
async function* badLines() {
  yield { number: 1, text: '{"source":"mcdt","id":"x"}' }
}
for (const [actor, lines] of [
  [systemActor, boundedLines(createReadStream(seed('dossiers.demo.ndjson')))],
  [clerk, badLines()],
] as const) {
  const run = ingestLines({ ...parts, actor }, lines)
  for (let step = await run.next(); step.done !== true;) step = await run.next()
}
await act(officer, 'Explain', { text: 'Chờ ý kiến của bộ' })
const accepting = {
  id: deriveId('history', 'AcceptExplanation'),
  transition: 'AcceptExplanation',
  actor: head,
}
const { messages, decidedBy } = await assessForExplanation(
  { commands, store },
  { ...accepting, aggregate: 'minh-hoa:DEMO-2026-0007' },
  clock.now().toISOString(),
)
await act(head, 'AcceptExplanation', { assessed: { messages, decidedBy } })
await act(clerk, 'Correct', {
  corrects: 'DEMO-2026-0007/5',
  change: { occurredAt: '2026-05-11' },
  reason: 'Ghi nhầm',
})
const closing = { id: deriveId('history', 'Close'), aggregate: 'minh-hoa:DEMO-2026-0007', actor: clerk }
const closed = await closeDossier({ commands, store }, closing, clock.now().toISOString())
if (closed.status !== 'accepted') throw new Error(closed.status)

const lines: Line[] = []
for await (const page of store.readAll())
  for (const { stream, type, data, metadata } of page) lines.push({ stream, type, data, metadata })
for (const [file, texts] of [
  [dossierHistory, lines.map((line) => JSON.stringify(line))],
  [dossierStates, linesOf(replay(lines))],
] as const)
  writeFileSync(file, gzipSync(`${texts.join('\n')}\n`, { level: 9 }))
console.log(`${lines.length} events`)
