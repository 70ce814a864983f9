import autocannon from 'autocannon'
import fastify from 'fastify'
import { isUniqueViolation } from '#database'
import { MasterKeys } from '#engine'
import { newId } from '#kernel'
import { findActor, openPlatform, readConfig, seedBase } from '#platform'
import { createApi } from '../../apps/api/src/create-api.js'
import { Floor } from './floor.js'
import { floorEvent, freshDatabase } from './logs.js'
import { compare, type Contender } from './measure.js'

export interface HttpBenchOptions {
  readonly seconds: number
  readonly rounds: number
}

const concurrency = 32
const tasks = 3_200

/**
 * One transition over HTTP against a bare Fastify handler that does the floor's work, also over the EventStoreDB that
 * `ROVIEC_TEST_EVENTSTORE_URL` names.
 */
export async function httpBench(server: string, { seconds, rounds }: HttpBenchOptions): Promise<void> {
  const url = await freshDatabase(server, 'bench_http')
  const floor = new Floor(url, concurrency)
  await floor.install()
  const bare = fastify()
  bare.post<{ Params: { code: string } }>('/tasks/:code', async (request) => {
    // Two requests for one stream at once: the loser reads again, as the engine does.
    for (let attempt = 1; ; attempt++)
      try {
        await floor.readAndAppend(request.params.code, 5, floorEvent())
        return { status: 'accepted' }
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === 5) throw error
      }
  })
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' })

  const eventStoreDbUrl = process.env['ROVIEC_TEST_EVENTSTORE_URL']
  const apis = [
    await openApi('API', { ROVIEC_DATABASE_URL: url }, seconds),
    ...(eventStoreDbUrl
      ? [
          await openApi(
            'API over EventStoreDB',
            {
              ROVIEC_DATABASE_URL: await freshDatabase(server, 'bench_http_eventstoredb'),
              ROVIEC_EVENTSTORE_URL: eventStoreDbUrl,
            },
            seconds,
          ),
        ]
      : []),
  ]
  const someStream = (): string => String(Math.floor(Math.random() * tasks))
  await compare(`HTTP transition, ${concurrency} at a time`, rounds, [
    {
      name: 'bare Fastify: read 5, append 1',
      run: () => rate(bareUrl, seconds, () => `/tasks/${someStream()}`, {}),
    },
    ...apis,
  ])
  for (const api of apis) await api.close()
  await bare.close()
  await floor.close()
}

/** An API with tasks of a plan of its own, which each round reports on. */
async function openApi(
  name: string,
  environment: Readonly<Record<string, string>>,
  seconds: number,
): Promise<Contender & { close(): Promise<void> }> {
  const platform = await openPlatform(
    readConfig({
      ...environment,
      ROVIEC_MASTER_KEY: MasterKeys.generate(),
      ROVIEC_REQUESTS_PER_SECOND: '1000000',
    }),
  )
  await seedBase(platform)
  const clerk = await findActor(platform, 'van-thu-vpub')
  const plan = `BENCH${Date.now()}`
  const codes = Array.from({ length: tasks }, (_, index) => `${plan}-I-${index + 1}`)
  await Promise.all(
    codes.map((code, index) =>
      platform.commands.handleOrThrow({
        id: newId(),
        workflow: 'task',
        aggregate: code,
        transition: 'Assign',
        data: assignment(plan, String(index + 1)),
        actor: clerk,
      }),
    ),
  )
  const key = await platform.credentials.issue('van-thu-vpub', await findActor(platform, 'van-hanh'))
  const app = await createApi(platform)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = await app.getUrl()
  const someTask = (): string => codes[Math.floor(Math.random() * tasks)]!
  return {
    name,
    run: () =>
      rate(url, seconds, () => `/api/v1/tasks/${someTask()}/transitions/Report`, {
        authorization: `Bearer ${key}`,
      }),
    async close() {
      await app.close()
      await platform.close()
    },
  }
}

const body = JSON.stringify({
  data: {
    period: 'tháng 9/2025',
    summary: 'Đang tổng hợp số liệu của các đơn vị. '.repeat(5),
    percentage: 40,
  },
})

/** Answered requests per second; an answer other than 200 fails the bench. */
async function rate(
  url: string,
  seconds: number,
  path: () => string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const result = await autocannon({
    url,
    connections: concurrency,
    duration: Math.max(1, seconds),
    requests: [
      {
        method: 'POST',
        body,
        setupRequest: (request) => ({
          ...request,
          path: path(),
          headers: { 'content-type': 'application/json', 'idempotency-key': newId(), ...headers },
        }),
      },
    ],
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} errors`)
  return result['2xx'] / result.duration
}

function assignment(plan: string, stt: string): object & Record<string, never> {
  const deadline = {
    raw: 'Tháng 12/2025',
    type: 'month',
    due: '2025-12-31',
    inclusive: true,
    lastCompliantDay: '2025-12-31',
    from: null,
    to: null,
    recurrence: null,
    condition: null,
    parts: [],
    dates: [],
    warnings: [],
  }
  return {
    plan: { code: plan, number: null, date: null, year: 2025 },
    section: 'I',
    stt,
    title: 'Ban hành kế hoạch tuyên truyền, phổ biến giáo dục pháp luật',
    assigner: { agencyId: null, name: 'UBND tỉnh' },
    lead: [{ agencyId: null, name: 'Sở Tư pháp', collective: false }],
    deliverables: [{ id: '1', product: 'Kế hoạch của UBND tỉnh', deadlineRaw: deadline.raw, deadline }],
  } as never
}
