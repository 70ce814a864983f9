import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startApi, type TestApi } from './api.test-support.js'

const perSecond = 5
/** More than three seconds' worth, so that some are refused however slowly they are sent. */
const many = Array.from({ length: 40 }, (_none, index) => index)

describe('the limit of an address', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi({
      ROVIEC_REQUESTS_PER_SECOND: String(perSecond),
      ROVIEC_TRUSTED_PROXIES: '192.0.2.0/24, 127.0.0.1',
    })
  }, 120_000)
  afterAll(() => api.close())

  const trusted = '127.0.0.1'
  const untrusted = '127.0.0.2'
  const sent = (from: string, forwarded: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = request(new URL('/health/live', api.url), {
        localAddress: from,
        headers: { 'x-forwarded-for': forwarded },
      })
      asked.once('response', (answer) => resolve(answer.resume().statusCode!))
      asked.once('error', reject)
      asked.end()
    })
  const statuses = (from: string, forwarded: (index: number) => string): Promise<number[]> =>
    Promise.all(many.map((index) => sent(from, forwarded(index))))

  it('counts each client of a trusted proxy by itself', async () => {
    expect(new Set(await statuses(trusted, (index) => `198.51.100.${index}`))).toEqual(new Set([200]))
    expect(await statuses(trusted, () => '198.51.100.200')).toContain(429)
  })

  it('takes the address from the trusted proxy nearest to the client, not from what the client says', async () => {
    expect(await statuses(trusted, (index) => `198.51.100.${index}, 198.51.100.201, 192.0.2.7`)).toContain(
      429,
    )
  })

  it('lets nobody else choose an address', async () => {
    expect(await statuses(untrusted, (index) => `198.51.100.${index}`)).toContain(429)
  })
})
