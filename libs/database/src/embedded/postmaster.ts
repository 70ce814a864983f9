import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What PostgreSQL writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** It accepts connections; before that it starts or recovers. */
  readonly ready: boolean
}

/** The server that runs on this directory now, or undefined: a file left by a killed one counts as none. */
export async function readPostmaster(pgdata: string): Promise<Postmaster | undefined> {
  const file = join(pgdata, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!pid || !port || !(await isAlive(pid, pgdata))) return undefined
  return { pid, port, ready: lines[7]?.trim() === 'ready' }
}

/**
 * A `postmaster.pid` whose pid now belongs to some other process makes PostgreSQL refuse to start; in containers,
 * where pids begin at 1 again, that is the rule rather than the exception. Call it under the start lock.
 */
export async function removeStalePidFile(pgdata: string): Promise<void> {
  if (process.platform !== 'linux') return
  const file = join(pgdata, 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (pid && !(await isAlive(pid, pgdata))) await rm(file, { force: true })
}

async function isAlive(pid: number, pgdata: string): Promise<boolean> {
  if (!processExists(pid)) return false
  if (process.platform !== 'linux') return true
  // A postmaster works in its data directory; another process that got the pid does not.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch((error: NodeJS.ErrnoException) => error.code)
  if (cwd === 'ENOENT' || cwd === 'ESRCH') return false
  return cwd === 'EACCES' || cwd === 'EPERM' || cwd === pgdata
}

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
