import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { migrate, type Database } from '#database'
import { eventually, testDatabase, type TestDatabase } from '#testing'
import { Leadership, leadershipMigration } from '#engine'
import { LeaseLost } from '../projecting/lease-lost.js'
import type { Lead } from './leadership.js'

describe('a lead', () => {
  let server: TestDatabase
  let database: Database
  const stop = new AbortController()
  const ends: (() => void)[] = []
  const running: Promise<void>[] = []

  beforeAll(async () => {
    server = await testDatabase()
    database = server.connect()
    await migrate(database, 'leadership', [leadershipMigration])
  })
  afterEach(() => {
    for (const end of ends.splice(0)) end()
  })
  afterAll(async () => {
    stop.abort()
    await Promise.all(running)
    await server.close()
  })

  /** Leads, and goes on with its work whatever its signal says, as one that hangs does. */
  const lead = async (name: string, leaseMs: number): Promise<Lead> => {
    const leadership = new Leadership(database, leaseMs)
    const taken = await new Promise<Lead>((resolve) => {
      const leading = leadership.whileLeading(
        name,
        stop.signal,
        () => undefined,
        async (held) => {
          resolve(held)
          await new Promise<void>((end) => ends.push(end))
        },
      )
      running.push(leading.then(() => leadership.withdraw()))
    })
    return taken
  }
  /** As at the end of its time. */
  const lose = (name: string) =>
    database.query('UPDATE roviec.leadership SET lease_until = NULL, lease_holder = NULL WHERE name = $1', [
      name,
    ])
  const position = async (name: string): Promise<string> =>
    (
      await database.query<{ position: string }>('SELECT position FROM roviec.leadership WHERE name = $1', [
        name,
      ])
    ).rows[0]!.position

  it('that went to another moves nothing any more; the other goes on where it was', async () => {
    const stale = await lead('moved', 60_000)
    await stale.move(3n)
    await lose('moved')
    const next = await lead('moved', 60_000)
    expect(next.position).toBe(3n)
    await expect(stale.move(9n)).rejects.toThrow(LeaseLost)
    await next.move(4n)
    expect(await position('moved')).toBe('4')
  })

  it('that went to another ends the work at a third of its time, and is not held by renewing it', async () => {
    const stale = await lead('renewed', 150)
    await lose('renewed')
    const next = await lead('renewed', 60_000)
    await eventually(() => stale.signal.aborted)
    expect(next.signal.aborted).toBe(false)
  })
})
