import { eventStoreContract } from '../contract/event-store.contract.js'
import { EventStoreDbEventStore } from './eventstoredb-event-store.js'

const realServer = process.env['ROVIEC_TEST_EVENTSTORE_URL']!

eventStoreContract('EventStoreDbEventStore on a real server', async () => ({
  store: await EventStoreDbEventStore.open({ url: realServer }),
}))
