import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { StartedTestContainer } from 'testcontainers'

/** As in `deploy/`. */
const image = 'eventstore/eventstore:24.6'

/** The contract keeps payloads of megabytes. */
const maxAppendSize = 8 * 1024 * 1024

/** An image may have to be fetched first. */
const startedWithinMs = 300_000

/** A real EventStoreDB for tests: the one that was named, one or three in containers, or none and why. */
export type RealEventStoreDb =
  | { readonly kind: 'named'; readonly url: string }
  | { readonly kind: 'containers' }
  | { readonly kind: 'none'; readonly why: string }

export interface StartedEventStoreDb {
  readonly url: string
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>

/** Told without asking anybody: a file is looked at and nothing started, so that tests can be named by it. */
export function realEventStoreDb(env: Environment = process.env, exists = existsSync): RealEventStoreDb {
  const url = env['ROVIEC_TEST_EVENTSTORE_URL']
  if (url) return { kind: 'named', url }
  const set = 'set ROVIEC_TEST_EVENTSTORE_URL'
  if (env['ROVIEC_TEST_CONTAINERS'] === 'false')
    return { kind: 'none', why: `ROVIEC_TEST_CONTAINERS is false; ${set}` }
  const sockets = [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    ...(env['XDG_RUNTIME_DIR'] ? [join(env['XDG_RUNTIME_DIR'], 'docker.sock')] : []),
  ]
  if (env['DOCKER_HOST'] || sockets.some((path) => exists(path))) return { kind: 'containers' }
  return { kind: 'none', why: `no Docker here; start it, or ${set}` }
}

/** @returns one node that keeps its log in memory, or the server that was named, which is left alone at the end */
export async function startEventStoreDb(
  real: Exclude<RealEventStoreDb, { kind: 'none' }>,
): Promise<StartedEventStoreDb> {
  if (real.kind === 'named') return { url: real.url, stop: () => Promise.resolve() }
  const { GenericContainer, Wait } = await import('testcontainers')
  const started = await new GenericContainer(image)
    .withEnvironment({ ...settings, EVENTSTORE_MEM_DB: 'true' })
    .withExposedPorts(2113)
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
    .withStartupTimeout(startedWithinMs)
    .start()
  const url = `esdb://${started.getHost()}:${started.getMappedPort(2113)}?tls=false`
  return { url, stop: () => started.stop().then(() => undefined) }
}

export interface StartedCluster extends StartedEventStoreDb {
  /** Ends the node that leads, as when its machine is gone. Two are left, which is enough to go on once. */
  killLeader(): Promise<void>
}

/** Three nodes that tell clients where on this machine each of them is reached. */
export async function startEventStoreDbCluster(): Promise<StartedCluster> {
  const { GenericContainer, Network, Wait } = await import('testcontainers')
  const network = await new Network().start()
  const names = ['es1', 'es2', 'es3']
  const ports = await freePorts(names.length)
  const nodes: StartedTestContainer[] = await Promise.all(
    names.map((name, index) =>
      new GenericContainer(image)
        .withEnvironment({ ...settings, ...clusterSettings(names, name, ports[index]!) })
        .withNetwork(network)
        .withNetworkAliases(name)
        .withExposedPorts({ container: 2113, host: ports[index]! })
        .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
        .withStartupTimeout(startedWithinMs)
        .start(),
    ),
  )
  return {
    url: `esdb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}?tls=false`,
    async killLeader() {
      const leads = await Promise.all(ports.map(isLeader))
      await nodes[leads.indexOf(true)]!.stop({ timeout: 0 })
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop().catch(() => undefined)))
      await network.stop()
    },
  }
}

const settings = { EVENTSTORE_INSECURE: 'true', EVENTSTORE_MAX_APPEND_SIZE: String(maxAppendSize) }

function clusterSettings(names: readonly string[], name: string, port: number): Record<string, string> {
  return {
    EVENTSTORE_CLUSTER_SIZE: String(names.length),
    EVENTSTORE_DISCOVER_VIA_DNS: 'false',
    EVENTSTORE_GOSSIP_SEED: names
      .filter((other) => other !== name)
      .map((other) => `${other}:2113`)
      .join(','),
    EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
    EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: name,
    EVENTSTORE_ADVERTISE_HOST_TO_CLIENT_AS: '127.0.0.1',
    EVENTSTORE_ADVERTISE_NODE_PORT_TO_CLIENT_AS: String(port),
  }
}

async function isLeader(port: number): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}/info`)
  return ((await response.json()) as { state: string }).state === 'leader'
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
