import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createDatabase, type Database } from '#database'
import { viewsWithPersonalFields } from '#platform'
import { eventually } from '#testing'
import { testKeys } from '#testing/workflow'
import { startApi, type Person, type TestApi } from './api.test-support.js'
import {
  accepted,
  marker,
  open,
  play,
  refused,
  said,
  settled,
  task,
  type Sent,
} from './personal-texts.test-support.js'
import { formsOf, tablesWith } from './search-database.test-support.js'

describe('personal texts over PostgreSQL', () => {
  let api: TestApi
  let sent: Sent
  let database: Database
  beforeAll(async () => {
    api = await startApi({ ROVIEC_EVENTSTORE_URL: '' })
    database = createDatabase({ connection: api.databaseUrl })
    sent = await play(api)
    await settled(api, sent)
  }, 120_000)
  afterAll(async () => {
    await database.close()
    await api.close()
  })

  const history = async (person: Person): Promise<readonly { reason: unknown; text: unknown }[]> =>
    (await api.ask(person, `${task}/history`)).body
  const words = async (person: Person): Promise<readonly unknown[]> =>
    (await history(person)).flatMap(({ reason, text }) => [reason, text]).filter((word) => word !== null)

  it('are taken with every transition that has one', () => {
    expect(sent.accepted.map(({ status, body }) => [status, body.status])).toEqual(
      accepted.map(() => [200, 'accepted']),
    )
    expect(sent.refused.map(([, { status }]) => status)).toEqual(refused.map(([status]) => status))
  })

  it('stand in no table, whatever its schema and the type of its columns', async () => {
    expect(await tablesWith(database, open)).toContainEqual(expect.stringMatching(/event/))
    expect(await tablesWith(database, marker)).toEqual([])
  })

  it('stand in no refusal, on no stream and in nothing the server has written', () => {
    const texts = [sent.heard, api.errors(), ...sent.refused.map(([, { text }]) => text)]
    for (const text of texts) for (const form of formsOf(marker)) expect(text).not.toContain(form)
  })

  it('are given back to those who may read them', async () => {
    expect(sent.accepted[0]!.body.events[0].data.text).toBe(said('chờ hướng dẫn'))
    for (const person of ['clerk', 'lead', 'head', 'homeAffairs', 'inspectorate', 'auditor'] as const) {
      const shown = await words(person)
      expect(shown.length).toBeGreaterThanOrEqual(accepted.length)
      expect([person, shown.filter((word) => !String(word).startsWith(marker))]).toEqual([person, []])
    }
  })

  it('are sealed for a coordinating agency and closed to an operator', async () => {
    expect(new Set((await words('stranger')).map((word) => JSON.stringify(word)))).toEqual(
      new Set(['{"sealed":true}']),
    )
    expect((await api.ask('operator', `${task}/history`)).status).toBe(403)
  })

  it('stand sealed in those views alone that are named for it', async () => {
    const tables = await tablesWith(database, '"$sealed"')
    const views = tables.filter((name) => !/^(roviec|event_store)\./.test(name))
    const { rows } = await database.query<{ name: string }>(
      "SELECT DISTINCT name FROM roviec.projection WHERE standing = 'live'",
    )
    const holding = rows.map(({ name }) => name).filter((name) => views.some((table) => table.includes(name)))
    expect(holding).toEqual(viewsWithPersonalFields.map(({ view }) => view).toSorted())
  })

  it('are erased with their key, and the task is as it was', async () => {
    const before = (await api.ask('clerk', task)).body
    expect(await testKeys(database).erase('task-CCHC2025-II-5')).toBe(true)
    await eventually(async () => JSON.stringify(await words('clerk')).includes('"erased":true'))
    expect(new Set((await words('clerk')).map((word) => JSON.stringify(word)))).toEqual(
      new Set(['{"erased":true}']),
    )
    expect((await api.ask('clerk', task)).body).toEqual(before)
  })
})
