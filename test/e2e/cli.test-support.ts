import { spawn, type ChildProcess } from 'node:child_process'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { jest } from '@jest/globals'
import { eventually, testMasterKey } from '#testing'
import { runProgram } from '../../apps/cli/src/program.js'

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

/** `env` over one without `ROVIEC_*`, save for the master key that a database of one's own demands. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const bare = Object.entries(process.env).filter(([name]) => !name.startsWith('ROVIEC_'))
  return {
    ...Object.fromEntries(bare),
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    ...('ROVIEC_DATABASE_URL' in env && masterKey),
    ...env,
  }
}

/** The built command line in a process of its own, as a person starts it. */
export function start(args: readonly string[], env: Record<string, string>, input = ''): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: environment(env),
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

let last: Promise<unknown> = Promise.resolve()

/** The same without the second that a process takes to come up: in this one, one command after the other. */
export function run(args: readonly string[], env: Record<string, string>, input = ''): Promise<Ran> {
  const ran = last.then(() => runHere(args, env, input))
  last = ran.catch(() => undefined)
  return ran
}

async function runHere(args: readonly string[], env: Record<string, string>, input: string): Promise<Ran> {
  const { exitCode } = process
  const before = { ...process.env }
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!
  const written = { stdout: '', stderr: '' }
  const collect = (name: keyof typeof written) =>
    jest.spyOn(process[name], 'write').mockImplementation((text: string | Uint8Array): boolean => {
      written[name] += text.toString()
      return true
    })
  const streams = [collect('stdout'), collect('stderr')]
  Object.defineProperty(process, 'stdin', {
    value: Readable.from([Buffer.from(input)], { objectMode: false }),
    configurable: true,
  })
  replaceEnvironment(environment(env))
  process.exitCode = 0
  try {
    await runProgram(args)
    return { code: Number(process.exitCode), out: written.stdout, err: written.stderr }
  } finally {
    for (const stream of streams) stream.mockRestore()
    Object.defineProperty(process, 'stdin', stdin)
    replaceEnvironment(before)
    process.exitCode = exitCode
  }
}

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
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
