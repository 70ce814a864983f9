import { it } from '@jest/globals'
import { standInEventStoreDb } from '#testing'
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

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']
if (realServer)
  eventStoreContract('EventStoreDbEventStore on a real server', async () => ({
    store: await EventStoreDbEventStore.open({ url: realServer }),
  }))
// oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- named in the closing lines, never silently green
else it.skip('EventStoreDbEventStore on a real server: set ROVIEC_TEST_EVENTSTORE_URL', () => undefined)
