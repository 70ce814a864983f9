import { afterAll, beforeAll, describe, it, expect } from '@jest/globals'
import { createDatabase, isConnectionLoss } from '#database'
import { testServer, type TestServer } from './test-server.js'

describe('test server', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await testServer()
  })
  afterAll(() => server.close())

  it('loses nothing committed when killed, and the same pool goes on after the restart', async () => {
    const database = createDatabase({ connection: server.url })
    await database.query('create table kept (n int)')
    await database.query('insert into kept values (1)')
    await server.kill9()
    const lost = await database.query('select 1').catch((error: unknown) => error)
    expect(isConnectionLoss(lost)).toBe(true)
    await server.start()
    expect((await database.query('select n from kept')).rows).toEqual([{ n: 1 }])
    await database.close()
  })

  it('stops in order and at once', async () => {
    for (const mode of ['fast', 'immediate'] as const) {
      await server.stop(mode)
      const database = createDatabase({ connection: server.url })
      const refused = await database.query('select 1').catch((error: unknown) => error)
      expect(isConnectionLoss(refused)).toBe(true)
      await server.start()
      expect((await database.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      await database.close()
    }
  })
})
