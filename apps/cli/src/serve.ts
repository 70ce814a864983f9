import { RoviecError, systemClock } from '#kernel'
import { reached } from '#engine'
import { localDateOf } from '#calendar'
import { boardProjection, late, onTime, type LateItem, type OnTimeTable } from '#tasks'
import {
  demoClerk,
  findActor,
  openPlatform,
  readConfig,
  seedBase,
  seedDemo,
  type Config,
  type Platform,
} from '#platform'
import { closeApi, createApi } from '../../api/src/create-api.js'
import { exitCodes, notice, print } from './output/answer.js'
import { tellOfNewKey } from './output/new-master-key.js'
import { paint, terminal } from './output/table.js'
import { lateTable, onTimeTable } from './output/tables.js'
import { shareOfRequests, untilStopped } from './stopping.js'

type Api = Awaited<ReturnType<typeof createApi>>

/** The first view of two plans takes a second; a machine under load some more. */
const viewsWithinMs = 30_000

/** The plan shown at the start. */
const greetingPlan = 'CCHC2025'

/**
 * Runs the API and the worker until the process is told to stop. Answers when everything has stopped.
 *
 * @param asJson whether the greeting is one JSON document
 */
export async function serve(asJson = false): Promise<void> {
  const config = readConfig(process.env)
  const stopping = new AbortController()
  const stopWithinMs = config.edge.stopWithinSeconds * 1_000
  const stopped = untilStopped(stopWithinMs).then(() => stopping.abort())
  const platform = await openPlatform(config, {
    exclusive: 'serve',
    metrics: true,
    log: {
      failed: (projection, error, retryInMs) =>
        notice(`${projection}: ${error.message}; thử lại sau ${retryInMs} ms`),
    },
  })
  tellOfNewKey(platform)
  try {
    await seedBase(platform)
    if (stopping.signal.aborted) return
    if (config.runWorker) platform.startWorker()
    if (config.loadDemo && !stopping.signal.aborted) await seedDemo(platform)
    if (stopping.signal.aborted) return
    const app = await createApi(platform)
    try {
      const url = await listen(app, config)
      // Views that are another process's work are not waited for.
      await greet(url, config.runWorker ? showPlan(platform) : null, stopped, asJson)
      await stopped
      notice('Đang dừng…')
    } finally {
      // What is cut off here was not acknowledged: its sender repeats it.
      if (!(await closeApi(app, stopWithinMs * shareOfRequests))) process.exitCode = exitCodes.forced
    }
  } finally {
    await platform.close()
  }
}

/** As it can be typed in the checkout, for the same data. */
function ownCommand(): string {
  const dataDir = process.env['ROVIEC_DATA_DIR']
  return `${dataDir === undefined ? '' : `ROVIEC_DATA_DIR=${dataDir} `}npx roviec`
}

/** Fastify's own `listen`: Nest's writes the error to the log before anyone can say what to do about it. */
async function listen(app: Api, { port, host }: Config): Promise<string> {
  await app.init()
  try {
    return await app.getHttpAdapter().getInstance().listen({ port, host })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw portInUse(host, port)
    throw cannotListen(host, port, error)
  }
}

interface PlanShown {
  readonly onTime: OnTimeTable
  readonly late: readonly LateItem[]
}

/** Says where the server is and how the plan stands; nothing once it is told to stop. */
async function greet(
  url: string,
  shown: Promise<PlanShown | RoviecError | null> | null,
  stopped: Promise<void>,
  asJson: boolean,
): Promise<void> {
  const found = await Promise.race([shown, stopped])
  if (found === undefined) return
  const plan = found instanceof RoviecError ? null : found
  // A view that is filled for a new version takes its time; the server serves all else meanwhile.
  if (found instanceof RoviecError) notice(found.text.vi)
  print({ json: { url, documentation: `${url}/api/docs`, ...plan }, text: greeting(url, plan) }, asJson)
}

function greeting(url: string, shown: PlanShown | null): string {
  const { colour } = terminal
  const plan =
    shown === null
      ? ''
      : `${onTimeTable(shown.onTime, colour)}\n${paint('Chậm, muộn', 'bold', colour)}\n\n${lateTable(shown.late, colour)}\n`
  const lines = [
    `${paint('RõViệc', 'bold', colour)} đang chạy tại ${url}`,
    `Tài liệu API: ${url}/api/docs`,
    `Đăng nhập: mở cửa sổ dòng lệnh khác, cấp khóa bằng  ${ownCommand()} key ${demoClerk}`,
    '           rồi gửi kèm tiêu đề  Authorization: Bearer <khóa>',
    'Dừng: Ctrl-C',
    '',
  ]
  return plan + lines.join('\n')
}

/** How the plan of the seeds stands; null where it is not there, or why it cannot be told yet. */
async function showPlan(platform: Platform): Promise<PlanShown | RoviecError | null> {
  try {
    const clerk = await findActor(platform, demoClerk)
    await reached(platform.database, boardProjection, await platform.store.head(), viewsWithinMs)
    const params = { plan: greetingPlan, asOf: localDateOf(systemClock.now()) }
    const table = await platform.queries.ask(onTime, params, clerk)
    if (table.answer.totals.tasks === 0) return null
    const items = await platform.queries.ask(late, params, clerk)
    return { onTime: table.answer, late: items.answer }
  } catch (error) {
    if (error instanceof RoviecError) return error
    throw error
  }
}

function portInUse(host: string, port: number): RoviecError {
  return new RoviecError(
    'fault',
    'port-in-use',
    {
      vi: `Cổng ${port} tại ${host} đang được dùng. Đóng chương trình đang dùng cổng, hoặc chọn cổng khác: ROVIEC_PORT=${port + 1} npm start`,
      en: `Port ${port} at ${host} is in use. Stop the program that uses it, or choose another: ROVIEC_PORT=${port + 1} npm start`,
    },
    { host, port },
  )
}

function cannotListen(host: string, port: number, cause: unknown): RoviecError {
  return new RoviecError(
    'fault',
    'cannot-listen',
    {
      vi: `Không mở được cổng ${port} tại ${host}. Kiểm tra ROVIEC_HOST và ROVIEC_PORT; cổng dưới 1024 cần quyền quản trị.`,
      en: `Cannot listen on port ${port} at ${host}. Check ROVIEC_HOST and ROVIEC_PORT; ports below 1024 need privileges.`,
    },
    { host, port },
    { cause },
  )
}
