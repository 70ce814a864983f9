import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { people, startApi, type TestApi } from './api.test-support.js'
import { run } from './cli.test-support.js'

const shell = promisify(execFile)

/** The text of the fenced blocks of a kind. */
function blocks(file: string, wanted: string): string[] {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  const fenced = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)]
  return fenced.flatMap(([, kind, block]) => (kind === wanted ? [block!] : []))
}

/** Commands with what they print, as they stand in a picture of a terminal. */
function pictures(file: string): { readonly args: string[]; readonly lines: string[] }[] {
  return blocks(file, '')
    .flatMap((block) => block.split(/^\$ /m))
    .filter((one) => one.startsWith('npx roviec '))
    .map((one) => {
      const [command = '', ...lines] = one.split('\n')
      const shown = lines.map((line) => line.trimEnd()).filter((line) => line !== '' && line !== '…')
      return { args: command.split(' ').slice(2), lines: shown }
    })
}

describe.each(['README.md', 'README.vi.md'])('%s', (file) => {
  let api: TestApi
  beforeAll(async () => void (api = await startApi()), 120_000)
  afterAll(() => api.close())

  it('shows what its commands print', async () => {
    const shown = pictures(file)
    expect(shown.map(({ args }) => args[0])).toEqual(['on-time', 'late'])
    for (const { args, lines } of shown) {
      const { code, out } = await run(args, api.env)
      const printed = new Set(out.split('\n').map((line) => line.trimEnd()))
      expect([args, code, lines.filter((line) => !printed.has(line))]).toEqual([args, 0, []])
    }
  }, 120_000)

  it('calls the API in three calls that work as printed', async () => {
    const calls = blocks(file, 'sh')
      .flatMap((block) => block.split(/\n\n+/))
      .filter((one) => one.startsWith('curl '))
    expect(calls).toHaveLength(3)
    for (const call of calls) {
      const here = call.replace('http://127.0.0.1:3000', new URL(api.url).origin)
      const env = { ...process.env, NODE_OPTIONS: '', ROVIEC_KEY: api.keys[people.clerk]! }
      const { stdout } = await shell('bash', ['-c', here], { env })
      const answer = JSON.parse(stdout) as { readonly code?: string } | readonly unknown[]
      expect([call, answer]).not.toEqual([call, expect.objectContaining({ code: expect.any(String) })])
      expect([call, Array.isArray(answer) ? answer.length : answer]).not.toEqual([call, 0])
    }
  }, 120_000)
})
