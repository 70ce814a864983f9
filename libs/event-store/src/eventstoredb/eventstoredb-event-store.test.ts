import { it } from '@jest/globals'
import { realEventStoreDb, standInEventStoreDb, startEventStoreDb } from '#testing'
import { eventStoreContract } from '../contract/event-store.contract.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

/** The contract keeps payloads of megabytes, which a server takes that has been told so. */
const maxAppendSize = 8 * 1024 * 1024

eventStoreContract('EventStoreDbEventStore on the stand-in', async () => {
  const server = await standInEventStoreDb({ maxAppendSize })
  return {
    store: await EventStoreDbEventStore.open({ url: server.url }),
    release: () => Promise.resolve(server.stop()),
  }
})

const real = realEventStoreDb()
if (real.kind === 'none')
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- named in the closing lines, never silently green
  it.skip(`EventStoreDbEventStore on a real server: ${real.why}`, () => undefined)
else
  eventStoreContract('EventStoreDbEventStore on a real server', async () => {
    const server = await startEventStoreDb(real)
    return { store: await EventStoreDbEventStore.open({ url: server.url }), release: () => server.stop() }
  })
