import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { EventStoreDbEventStore } from '#event-store'
import { eventually, realEventStoreDb, startEventStoreDbCluster } from '#testing'
import { patience, startLoad } from './load.test-support.js'

/** A cluster of three that runs already, and a command that ends the node that leads, and not the only one to do so. */
const clusterUrl = process.env['ROVIEC_TEST_EVENTSTORE_CLUSTER_URL']
const killCommand = process.env['ROVIEC_TEST_EVENTSTORE_KILL_LEADER']

const named = clusterUrl && killCommand ? { clusterUrl, killCommand } : undefined
const containers = realEventStoreDb()
const why =
  containers.kind === 'none'
    ? containers.why.replace('URL', 'CLUSTER_URL and ROVIEC_TEST_EVENTSTORE_KILL_LEADER')
    : 'set ROVIEC_TEST_EVENTSTORE_CLUSTER_URL and ROVIEC_TEST_EVENTSTORE_KILL_LEADER'
const whereThereIsOne = named || containers.kind === 'containers' ? describe : describe.skip

whereThereIsOne(`a cluster of three whose leader is killed under load: ${why}`, () => {
  it(
    'loses and doubles nothing, and goes on by itself',
    async () => {
      const cluster = named
        ? {
            url: named.clusterUrl,
            killLeader: () => promisify(execFile)('/bin/sh', ['-c', named.killCommand]),
            stop: () => Promise.resolve(),
          }
        : await startEventStoreDbCluster()
      const store = await eventually(() => EventStoreDbEventStore.open({ url: cluster.url }), patience)
      const running = await startLoad(store, 8_000)
      await eventually(() => running.acknowledged() >= 2_000, patience)
      await cluster.killLeader()
      const before = running.acknowledged()
      await running.verify()
      expect(running.acknowledged()).toBeGreaterThan(before)
      expect(store.health().drops).toBeGreaterThan(0)
      expect(store.health().reconnects).toBe(store.health().drops)
      await store.close()
      await cluster.stop()
    },
    patience.timeout,
  )
})
