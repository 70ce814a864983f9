import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Command } from '#engine'
import { systemActor } from '#identity'
import { newId, type JsonValue } from '#kernel'
import { eventually, testDatabase, testMasterKey, type TestDatabase } from '#testing'
import { openPlatform, readConfig, type Platform } from './index.js'

const officer = { title: 'Công chức Sở Tư pháp', agency: 'so-tu-phap', roles: ['lead-officer'], scope: 'own' }
const command = (transition: string, data: JsonValue): Command => ({
  id: newId(),
  workflow: 'actor',
  aggregate: 'cong-chuc-1',
  transition,
  data,
  actor: systemActor,
})

describe('an aggregate with a long stream, on the running platform', () => {
  let own: TestDatabase
  let platform: Platform
  const open = (): Promise<Platform> =>
    openPlatform(readConfig({ ROVIEC_DATABASE_URL: own.url, ROVIEC_MASTER_KEY: testMasterKey }))

  beforeAll(async () => {
    own = await testDatabase()
    platform = await open()
  })
  afterAll(async () => {
    await platform.close()
    await own.close()
  })

  it('leaves a snapshot, from which a restarted program goes on; a program with other folds does not use it', async () => {
    await platform.commands.handleOrThrow(command('Register', officer))
    const change = (): Command => command('Change', { ...officer, reason: 'Chuyển công tác' })
    for (let count = 0; count < 59; count++) await platform.commands.handleOrThrow(change())
    await eventually(async () => {
      const { rows } = await platform.database.query('SELECT FROM roviec.snapshot WHERE revision = 59')
      return rows.length === 1
    })
    await platform.close()

    // Whoever believes it shows that it was read.
    const mark = `UPDATE roviec.snapshot SET state = replace(state, 'Công chức', 'Chuyên viên')`
    await own.connect().query(mark)
    platform = await open()
    expect(await platform.commands.handleOrThrow(command('Disable', { reason: 'Nghỉ hưu' }))).toMatchObject({
      state: { status: 'disabled', title: 'Chuyên viên Sở Tư pháp' },
    })
    await platform.close()
    await own.connect().query(`UPDATE roviec.snapshot SET fold = 'of another program', state = '{}'`)
    platform = await open()
    expect(await platform.commands.handleOrThrow(command('Enable', { reason: 'Đi làm lại' }))).toMatchObject({
      state: { status: 'active', title: officer.title },
    })
  })
})
