// A writer or a worker in a process of its own. It says `ready`, begins at the line `go`, and a worker ends at `stop`.
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createDatabase } from '#database'
import {
  CommandHandler,
  Leadership,
  ProcessRunner,
  ProjectionRunner,
  TimerRunner,
  TooManyConflicts,
  type Command,
} from '#engine'
import { PostgresEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { throughputOf } from './measure.js'
import { lineOf, type Role } from './scale-children.js'
import { partsOf, processes, projections, workflows, writerActor } from './scale-workload.js'

const { url, role } = JSON.parse(process.argv[2]!) as { url: string; role: Role }
const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const store = await PostgresEventStore.open({ connection: url })
const commands = new CommandHandler({ store, clock: systemClock, workflows })
if (role.kind === 'write') await write(role)
else await work()
process.exit()

async function write(asked: Extract<Role, { kind: 'write' }>): Promise<void> {
  const { plan, writer, inFlight, noteFile, diesAfter } = asked
  let answered = 0
  const parts = partsOf(plan, writer)
  console.log('ready')
  await told.next()
  await throughputOf(parts.length, inFlight, async (index) => {
    for (const command of parts[index]!) {
      appendFileSync(noteFile, lineOf(command, await send(command)))
      answered++
      if (answered === diesAfter) process.kill(process.pid, 'SIGKILL')
    }
  })
  console.log('done')
  await told.next()
  await store.close()
}

async function send(command: Omit<Command, 'actor'>): Promise<bigint> {
  for (;;)
    try {
      const outcome = await commands.handleOrThrow({ ...command, actor: writerActor })
      return outcome.revision!
    } catch (error) {
      // The answer says to send it again: others were quicker ten times.
      if (!(error instanceof TooManyConflicts)) throw error
    }
}

async function work(): Promise<void> {
  const database = createDatabase({ connection: url })
  const failed = (name: string, error: Error): void => console.error(name, error)
  const leadership = new Leadership(database)
  const views = new ProjectionRunner(store, database, {
    failed,
    parked: (name, stream, code) => console.error('parked', name, stream, code),
  })
  const timers = new TimerRunner({ store, database, leadership, failed })
  const reactions = new ProcessRunner({ store, commands, workflows, leadership, failed })
  console.log('ready')
  await told.next()
  views.start(projections)
  timers.start()
  reactions.start(processes)
  console.log('working')
  await told.next()
  await Promise.all([views.stop(), timers.stop(), reactions.stop()])
  leadership.withdraw()
  await store.close()
  await database.close()
}
