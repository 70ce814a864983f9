import { spawn } from 'node:child_process'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.js'

/** A script of the sources in a process of its own, for what only real processes show: crashes and races. */
export interface TestProcess {
  readonly pid: number
  /**
   * The next line it prints that starts with `prefix`, without it. Fails with its stderr when it ends before, and after
   * the milliseconds given, as `eventually` does.
   */
  line(prefix: string, timeout?: number): Promise<string>
  /** Writes a line to its standard input. */
  tell(line: string): void
  /** It dies with no chance to do anything. Returns when it is gone. */
  kill9(): Promise<void>
  /** What it has written to standard error so far. */
  errors(): string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Starts what a TypeScript file of the checkout was compiled to when the run began (`compile-sources.js`), with the
 * arguments given, in the checkout's folder.
 */
export function testProcess(script: URL, args: readonly string[] = []): TestProcess {
  const source = relative(root, fileURLToPath(script))
  const child = spawn(process.execPath, [join('dist', source.replace(/\.ts$/, '.js')), ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const lines: string[] = []
  let stderr = ''
  let running = true
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // It may be gone already when it is told something.
  child.stdin.on('error', () => undefined)
  // It does not keep Jest from ending.
  child.unref()
  // A failed test must not leave it behind.
  const killWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      running = false
      process.off('exit', killWithUs)
      resolve(code)
    })
  })
  return {
    pid: child.pid ?? 0,
    async line(prefix, timeout) {
      const what = `a line "${prefix}…" from ${source}`
      const found = await eventually(() => lines.some((line) => line.startsWith(prefix)) || !running, {
        what,
        ...(timeout !== undefined && { timeout }),
      })
      const index = lines.findIndex((line) => line.startsWith(prefix))
      if (!found || index < 0) throw new Error(`the process ended without ${what}: ${stderr}`)
      return (lines.splice(0, index + 1).at(-1) ?? '').slice(prefix.length).trim()
    },
    errors: () => stderr,
    tell: (line) => void child.stdin.write(`${line}\n`),
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
    ended,
  }
}
