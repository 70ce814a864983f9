import { spawn, type ChildProcess } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { eventually, testMasterKey } from '#testing'

const root = fileURLToPath(new URL('../..', import.meta.url))
const main = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url))

const masterKey = { ROVIEC_MASTER_KEY: testMasterKey }

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ran>
}

/**
 * The built command line, as a person starts it. `env` stands over an environment without `ROVIEC_*`, save for the
 * master key that a database of one's own demands.
 */
export function start(args: readonly string[], env: Record<string, string>, input = ''): Running {
  const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ROVIEC_')))
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: { ...bare, NODE_OPTIONS: '', ...('ROVIEC_DATABASE_URL' in env && masterKey), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([code, out, err]) => {
    process.off('exit', killWithUs)
    return { code, out, err }
  })
  return { child, ended }
}

export async function run(
  args: readonly string[],
  env: Record<string, string>,
  input?: string,
): Promise<Ran> {
  return start(args, env, input).ended
}

/** What a command answers with `--json`: one document and nothing else, or this fails. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers by path
export async function json(args: readonly string[], env: Record<string, string>): Promise<any> {
  const { out, err } = await run([...args, '--json'], env)
  if (out.trim() === '') throw new Error(`no answer: ${err}`)
  return JSON.parse(out)
}

/** The text a running command has written so far, as soon as it contains `wanted`. */
export async function output(running: Running, wanted: string): Promise<string> {
  let seen = ''
  let over = false
  running.child.stdout!.on('data', (chunk: Buffer) => (seen += chunk.toString()))
  void running.ended.then(() => (over = true))
  await eventually(() => seen.includes(wanted) || over, { timeout: 60_000, what: `"${wanted}"` })
  if (!seen.includes(wanted)) throw new Error(`it ended without "${wanted}": ${(await running.ended).err}`)
  return seen
}
