// A worker in a process of its own. It stops inside the transaction of its third page, rows written, and says so;
// told to go on, it does.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { createDatabase } from '#database'
import { ProjectionRunner } from '#engine'
import { openStore, tally } from './tally.fixture.js'

const [url, logUrl, leaseMs] = process.argv.slice(2) as [string, string, string]
const input = createInterface({ input: process.stdin })
const database = createDatabase({ connection: url })
const store = await openStore(database, logUrl)
const plain = tally()
let pages = 0
const stopping = tally(1, {
  async apply(transaction, events) {
    await plain.apply(transaction, events)
    if (++pages !== 3) return
    console.log('holding')
    await once(input, 'line')
  },
})
const log = { failed: (_name: string, error: Error) => console.log(`failed ${error.message}`) }
new ProjectionRunner(store, database, log, { leaseMs: Number(leaseMs), pageSize: 10 }).start([stopping])
