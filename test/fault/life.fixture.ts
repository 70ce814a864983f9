// A whole system in a process of its own: seeds, imports the plan of 2025, follows each task up with a process and a
// timer, takes reports on one of them, and has a view rebuilt and promoted. Every command that was answered is noted in a file. It dies where it is
// told; started again it goes on from what is stored.
import { appendFileSync } from 'node:fs'
import { IsString } from 'class-validator'
import {
  CommandHandler,
  effectOf,
  Leadership,
  process as declareProcess,
  ProcessRunner,
  reached,
  type Command,
} from '#engine'
import { party, workflow, type Stateful } from '#engine/workflow'
import { deriveId, systemClock } from '#kernel'
import { demoClerk, findActor, importPlanFile, openPlatform, readConfig, seedBase } from '#platform'
import { boardProjection } from '#tasks'
import { eventually, testMasterKey } from '#testing'
import { dieAt, renewals, type FaultPoint } from './fault-points.test-support.js'

const [url, noteFile, told] = process.argv.slice(2) as [string, string, string]
const point = JSON.parse(told) as FaultPoint | null
const { passed, enter } = dieAt(point)

class Write {
  @IsString() task!: string
}

interface Note extends Stateful {
  readonly status: 'blank' | 'written'
}

/** So many that a snapshot of their task is kept. */
const reports = 65

const system = { id: 'system', agency: null, roles: ['system', 'operator'], scope: 'all' } as const

const note = workflow<Note, { Write: Write }, { 'note.Written': { readonly task: string } }>({
  name: 'note',
  initial: { status: 'blank' },
  statuses: { blank: { vi: 'trống', en: 'blank' }, written: { vi: 'đã ghi', en: 'written' } },
  transitions: {
    Write: {
      text: { vi: 'Ghi', en: 'Write' },
      input: Write,
      from: ['blank'],
      by: [party<Note>('anyone', { vi: 'mọi người', en: 'anyone' }, () => true)],
      to: ['written'],
      decide: ({ command: { task } }) => [{ type: 'note.Written', data: { task } }],
    },
  },
  evolve: { 'note.Written': () => ({ status: 'written' }) },
})

const followUp = declareProcess<null, { readonly task: string }>({
  name: 'follow-up',
  version: 1,
  reacts: {
    'task.Assigned': {
      instance: ({ stream }) => stream.slice('task-'.length),
      input: ({ stream }) => ({ task: stream }),
    },
  },
  timers: { look: ({ owner }) => ({ task: owner.id }) },
  initial: null,
  evolve: () => null,
  decide: ({ task }, _state, { event, instance, timers }) =>
    event.type === 'timer.Fired'
      ? {
          commands: [{ workflow: 'note', aggregate: instance, transition: 'Write', data: { task } }],
          ended: true,
        }
      : { commands: [timers.schedule('look', { at: '2025-01-01T00:00:00Z' })] },
})

const config = readConfig({ ROVIEC_DATABASE_URL: url, ROVIEC_MASTER_KEY: testMasterKey })
const failed = (name: string, error: Error): void => console.error(name, error)
const platform = await openPlatform(config, { log: { failed } })
const { store, database, commands, sealing } = platform
const handle = commands.handle.bind(commands)
Object.assign(commands, {
  async handle(command: Command) {
    const outcome = await handle(command)
    if (outcome.status !== 'refused') appendFileSync(noteFile, `${command.id}\n`)
    return outcome
  },
})
platform.startWorker()
const workflows = [...platform.contexts.flatMap((context) => context.workflows), note]
const own = new CommandHandler({ store, clock: systemClock, workflows, sealing })
const leadership = new Leadership(database, 600)
const processes = new ProcessRunner({ store, commands: own, workflows, leadership, failed })
processes.start([followUp])

enter('seed')
await seedBase(platform)
enter('import')
const file = 'seeds/phu-luc-2025.csv'
const plan = { code: 'CCHC2025', issuer: 'Chủ tịch UBND tỉnh', year: 2025, declared: 72 }
const { tasks } = await importPlanFile(platform, { path: file }, plan, await findActor(platform, demoClerk))
enter('follow-up')
await eventually(async () => (await notesWritten()) === tasks, {
  what: 'a note for every task',
  timeout: 60_000,
})
enter('reports')
const officer = await findActor(platform, 'cong-chuc-so-tu-phap')
for (let index = 0; index < reports; index++)
  await commands.handleOrThrow({
    id: deriveId('life', 'report', String(index)),
    workflow: 'task',
    aggregate: 'CCHC2025-II-5',
    transition: 'Report',
    data: { deliverableId: '2', period: 'Quý I/2025', summary: 'Nguyễn Văn An đang làm', percentage: 40 },
    actor: officer,
  })
// Snapshots are kept in the background: without waiting for one an undisturbed life may not come past that step.
await eventually(async () => (await database.query('SELECT FROM roviec.snapshot')).rowCount !== 0, {
  what: 'a snapshot',
  timeout: 5_000,
}).catch(() => undefined)
enter('orders')
await order('Rebuild')
await order('Promote')
enter('end')
for (const { projections } of platform.contexts)
  for (const projection of projections) await reached(database, projection, await store.head(), 60_000)
// Leases are renewed at a third of their time: whoever is to die there has to wait for it.
if (point !== null && renewals.includes(point.step))
  await new Promise((resolve) => setTimeout(resolve, 4_000))
await processes.stop()
leadership.withdraw()
await platform.close()
enter(null)
process.stdout.write(`passed ${JSON.stringify(passed)}\n`, () => process.exit())

async function notesWritten(): Promise<number> {
  let written = 0
  for await (const page of store.readAll({ types: ['note.Written'] })) written += page.length
  return written
}

/** Under an id of its own, so that a later life repeats it; its effect is waited for. */
async function order(transition: 'Rebuild' | 'Promote'): Promise<void> {
  const id = deriveId('life', transition)
  const data = { version: boardProjection.version, reason: 'thử sự cố' }
  await commands.handle({
    id,
    workflow: 'projection',
    aggregate: boardProjection.name,
    transition,
    data,
    actor: system,
  })
  await eventually(
    async () => {
      const effects = await effectOf(database, deriveId(id, 0), 1_000)
      const lost = effects.find(({ state }) => state === 'failed')
      if (lost !== undefined) throw new Error(`${transition}: ${JSON.stringify(lost)}`)
      return effects.length > 0 && effects.every(({ state }) => state === 'done')
    },
    { what: `${transition} done`, timeout: 60_000 },
  )
}
