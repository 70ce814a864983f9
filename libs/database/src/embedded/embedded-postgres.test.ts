import { describe, it, expect } from '@jest/globals'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '../pool.js'
import { openEmbedded } from './embedded-postgres.js'

describe('embedded PostgreSQL', () => {
  it('starts', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'roviec-'))
    const { chmod } = await import('node:fs/promises')
    await chmod(dir, 0o755)
    for (let i = 0; i < 3; i++) {
      const t = performance.now()
      const server = await openEmbedded(dir)
      const db = createDatabase({ connection: server.url })
      expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      const t2 = performance.now()
      await db.close()
      await server.close()
    }
  })
})
