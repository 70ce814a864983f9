// A worker that dies at the n-th statement it sends to the control and view tables: before it leaves, or right after.
import { createDatabase, type Database } from '#database'
import { systemClock } from '#kernel'
import { CommandHandler, engineContext, ProjectionRunner } from '#engine'
import { openLog } from '#testing'
import { journal } from '../projecting/journal.fixture.js'
import { isPoison } from './operated.fixture.js'

const [url, moment, count] = process.argv.slice(2) as [string, 'before' | 'after', string]
let left = Number(count)

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

type Send = (...given: readonly unknown[]) => Promise<unknown>

/** Counts what is sent through it. */
function mortal(send: Send): Send {
  return async (...given) => {
    left--
    if (left === 0 && moment === 'before') die()
    const sent = send(...given)
    if (left === 0) setImmediate(die)
    return sent
  }
}

const database = createDatabase({ connection: url })
const transaction = database.transaction.bind(database)
const watched: Database = {
  ...database,
  query: mortal(database.query.bind(database) as Send) as Database['query'],
  transaction: (work, options) =>
    transaction((client) => {
      const sender = Object.assign(Object.create(client) as typeof client, {
        query: mortal(client.query.bind(client) as Send),
      })
      return work(sender)
    }, options),
}
const store = await openLog(url)
const commands = new CommandHandler({ store, clock: systemClock, workflows: engineContext.workflows })
const failing = journal((event) => {
  if (isPoison(event)) throw new Error('poison')
})
const log = { failed: (_name: string, error: Error) => console.error(error) }
new ProjectionRunner(store, watched, log, {
  pageSize: 10,
  send: (command) => commands.handle(command),
}).start([failing])
console.log('running')
