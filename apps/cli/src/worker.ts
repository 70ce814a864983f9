import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { listProgress } from '#engine'
import { logIncidents, openPlatform, readConfig, type Platform } from '#platform'
import { isMonitor } from '../../api/src/http/monitor.js'
import { notice, print } from './output/answer.js'
import { tellOfNewKey } from './output/new-master-key.js'
import { untilStopped } from './stopping.js'

/** A database or a log that takes longer than this to answer is one that does not. */
const answerWithinMs = 5_000

/** Of the newest: `roviec doctor` lists more. */
const mostIncidents = 10

/**
 * Runs the subscriptions alone: views, and what else follows the log. Any number of workers share the work by leases.
 * `GET /health` at the configured host and port answers 200 while database and log answer and no view is in error,
 * else 503; `GET /health/live` answers as long as the process runs; `GET /metrics` has its numbers for a monitor.
 *
 * @param asJson whether where to look is told as one JSON document
 */
export async function work(asJson = false): Promise<void> {
  const config = readConfig(process.env)
  const stopped = untilStopped(config.edge.stopWithinSeconds * 1_000)
  const platform = await openPlatform(config, {
    metrics: true,
    log: {
      failed: (projection, error, retryInMs) =>
        notice(`${projection}: ${error.message}; thử lại sau ${retryInMs} ms`),
    },
  })
  tellOfNewKey(platform)
  try {
    platform.startWorker()
    const server = await listen(platform)
    try {
      const { port } = server.address() as AddressInfo
      const health = `http://${config.host}:${port}/health`
      notice(`Tiến trình nền đang chạy; kiểm tra tại ${health}`)
      if (asJson) print({ json: { health }, text: '' }, asJson)
      await stopped
      notice('Đang dừng…')
    } finally {
      server.close()
      server.closeAllConnections()
    }
  } finally {
    await platform.close()
  }
}

async function listen(platform: Platform): Promise<Server> {
  const server = createServer((request, response) => {
    const live = request.url === '/health/live'
    if (request.url === '/metrics') return void tellNumbers(platform, request, response)
    if (!live && request.url !== '/health') return void response.writeHead(404).end()
    const asked = live ? Promise.resolve({ status: 'ok' }) : examine(platform)
    void asked.then((answer) => {
      response.writeHead(answer.status === 'ok' ? 200 : 503, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer))
    })
  })
  const { host, port } = platform.config
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

async function tellNumbers(
  { metrics, config }: Platform,
  { headers, socket }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { metricsToken } = config.edge
  if (metrics === null || !isMonitor({ headers, ip: socket.remoteAddress ?? '' }, metricsToken))
    return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
  const text = await metrics.text()
  response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text)
}

interface Examined {
  readonly status: 'ok' | 'error'
  readonly head?: string
  readonly views?: readonly { readonly name: string; readonly state: string; readonly position: string }[]
  /** What was done to the log past the application, the newest first. It lasts, and keeps no worker from its work. */
  readonly incidents?: readonly { readonly stream: string; readonly kind: string; readonly noticedAt: Date }[]
  /** Whether anybody would notice an incident now; null where the log is no EventStoreDB. */
  readonly incidentsWatched?: boolean | null
}

async function examine({ store, database }: Platform): Promise<Examined> {
  const late = delay(answerWithinMs, undefined, { ref: false })
  const answer = Promise.all([
    store.head(),
    listProgress(database),
    logIncidents(store, database, mostIncidents),
  ]).catch(() => undefined)
  const found = await Promise.race([answer, late])
  if (!found) return { status: 'error' }
  const [head, progress, { incidents, watched }] = found
  const views = progress.map(({ name, state, position }) => ({ name, state, position: String(position) }))
  const status = views.some(({ state }) => state === 'error') ? 'error' : 'ok'
  return {
    status,
    head: String(head),
    views,
    incidents: incidents.map(({ stream, kind, noticedAt }) => ({ stream, kind, noticedAt })),
    incidentsWatched: watched,
  }
}
