// A process of its own that seals for the subjects it is told, and prints the ids of the keys; or that dies as soon as
// the key of a command is stored, before its event is.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createDatabase } from '#database'
import { CommandHandler } from '#engine'
import { PostgresEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { testKeys, testSealing } from '#testing/workflow'
import { note, write } from './notes.fixture.js'

const [url, task] = process.argv.slice(2) as [string, 'race' | 'die']
const database = createDatabase({ connection: url })
const keys = testKeys(database)
if (task === 'race') {
  const input = createInterface({ input: process.stdin })
  await database.query('select 1')
  console.log('ready')
  const [line] = (await once(input, 'line')) as [string]
  const subjects = JSON.parse(line) as readonly string[]
  const made = await Promise.all(subjects.map((subject) => keys.ofSubject(subject)))
  console.log(`keys ${JSON.stringify(made.map(({ id }) => id))}`)
  input.close()
  await database.close()
} else {
  const store = await PostgresEventStore.open({ connection: url })
  const dying = Object.assign(Object.create(store) as PostgresEventStore, {
    append: () => process.kill(process.pid, 'SIGKILL'),
    readStream: store.readStream.bind(store),
  })
  const sealing = testSealing(keys)
  const handler = new CommandHandler({ store: dying, clock: systemClock, workflows: [note], sealing })
  await handler.handle(write({ text: 'không bao giờ được ghi' }))
}
