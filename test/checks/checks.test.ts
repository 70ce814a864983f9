import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run check`, beside the other tests: they leave a quarter of the processors to it. */
describe('the sources pass', () => {
  it.each(['types', 'lint', 'layers', 'dead'])(
    '%s',
    async (script) => {
      const child = spawn('npm', ['run', '-s', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = new Promise<number | null>((resolve, reject) => {
        child.once('error', reject)
        child.once('close', resolve)
      })
      const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
      expect([code, code === 0 ? '' : out + err]).toEqual([0, ''])
    },
    400_000,
  )
})
