import { spawn } from 'node:child_process'
import type { Binaries } from './binaries.js'
import type { ServerUser } from './server-user.js'

export interface Outcome {
  readonly code: number | null
  readonly output: string
}

/**
 * The environment of every PostgreSQL program: nothing of ours but the search path. PGPORT, PGDATA and the like of
 * the caller's shell must not leak in; messages stay in English because we read them.
 */
export function programEnvironment(binaries: Binaries): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    SystemRoot: process.env['SystemRoot'],
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(binaries.libraryPath && {
      LD_LIBRARY_PATH: binaries.libraryPath,
      DYLD_LIBRARY_PATH: binaries.libraryPath,
    }),
  }
}

/** Runs a program to its end as the server's user. Rejects only when it could not be run at all. */
export async function runProgram(
  program: string,
  args: readonly string[],
  binaries: Binaries,
  user: ServerUser | undefined,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: programEnvironment(binaries),
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user && { uid: user.uid, gid: user.gid }),
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
