import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findProcess } from './running-process.js'

/** What PostgreSQL writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The server that runs on this directory now, or undefined: a file left by a killed one counts as none. */
export async function readPostmaster(pgdata: string): Promise<Postmaster | undefined> {
  const { pid, port } = await readPidFile(pgdata)
  return pid && port && (await isPostmaster(pid, pgdata)) ? { pid, port } : undefined
}

/**
 * A `postmaster.pid` whose pid now belongs to some other process makes PostgreSQL refuse to start; in containers,
 * where pids begin at 1 again, that is the rule rather than the exception. Call it under the start lock.
 */
export async function removeStalePidFile(pgdata: string): Promise<void> {
  const { pid } = await readPidFile(pgdata)
  if (!pid || (await isPostmaster(pid, pgdata))) return
  if ((await readPidFile(pgdata)).pid === pid) await rm(pidFile(pgdata), { force: true })
}

function pidFile(pgdata: string): string {
  return join(pgdata, 'postmaster.pid')
}

async function readPidFile(pgdata: string): Promise<Postmaster> {
  const lines = (await readFile(pidFile(pgdata), 'utf8').catch(() => '')).split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3] ?? 0) }
}

async function isPostmaster(pid: number, pgdata: string): Promise<boolean> {
  const found = await findProcess(pid)
  if (!found || found.name === undefined) return found !== undefined
  // A postmaster works in its data directory. Root in a container may not look into another user's process.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  return cwd === undefined ? found.name === 'postgres' : cwd === pgdata
}
