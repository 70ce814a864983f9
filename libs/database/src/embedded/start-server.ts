import { totalmem } from 'node:os'
import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.js'
import type { ClusterPaths } from './cluster.js'
import { diskFull, serverDidNotStart } from './errors.js'
import { readPostmaster, removeStalePidFile } from './postmaster.js'
import { programEnvironment, runProgram } from './run-program.js'
import { openServerLog, readSince } from './server-log.js'
import type { ServerUser } from './server-user.js'

/** Settings of the server by name, such as `{ shared_buffers: '128MB' }`. */
export type ServerSettings = Readonly<Record<string, string>>

const settingsForOneMachine: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // No socket: its path would have to fit in 107 bytes, and everybody has the loopback.
  unix_socket_directories: '',
  shared_buffers: `${sharedBuffersMb()}MB`,
  max_connections: '50',
  // Fewer checkpoints while importing; bounds the time of recovery to seconds and the disk taken to about 1 GB.
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
  // Queries are short: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * An eighth of the machine's memory, from 128 MB to 1 GB: a log of some millions of events then stays within reach of
 * the server, where reads of streams scattered over it would each fetch their pages from the file cache. Memory is
 * taken as it is touched, not at the start.
 */
function sharedBuffersMb(): number {
  const eighth = Math.floor(totalmem() / 8 / 1024 ** 2)
  return Math.min(1024, Math.max(128, eighth))
}

const retryEveryMs = 20
/** Backends of a killed server let go of its shared memory within a second or two. */
const attempts = 100

/**
 * Starts the server detached from this process and waits until it is ready or, after a crash, recovering. When
 * another process was faster, that server is as good. Call it under the start lock.
 */
export async function startServer(
  paths: ClusterPaths,
  binaries: Binaries,
  user: ServerUser | undefined,
  settings: ServerSettings,
): Promise<void> {
  const log = await openServerLog(paths.log)
  try {
    for (let attempt = 1; ; attempt++) {
      await removeStalePidFile(paths.pgdata)
      const port = await choosePort(join(paths.home, 'port'), attempt)
      const args = ['-D', paths.pgdata, '-p', String(port)]
      for (const [name, value] of Object.entries({ ...settingsForOneMachine, ...settings }))
        args.push('-c', `${name}=${value}`)
      const { size } = await log.stat()
      const child = spawn(binaries.postgres, args, {
        env: programEnvironment(binaries),
        cwd: '/',
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        ...(user && { uid: user.uid, gid: user.gid }),
      })
      if (await cameUp(child, paths.pgdata)) return
      const said = await readSince(log, size)
      if (said.includes('postmaster.pid" already exists')) return
      if (said.includes('No space left on device')) throw diskFull(paths.dataDir)
      const passing = said.includes('still in use') || said.includes('could not bind')
      if (!passing || attempt === attempts) throw serverDidNotStart(paths.dataDir, said.slice(-1000))
      await delay(retryEveryMs)
    }
  } finally {
    await log.close()
  }
}

/** True as soon as the child holds the directory; false when it ended before. */
async function cameUp(child: ChildProcess, pgdata: string): Promise<boolean> {
  let ended = false
  const end = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      ended = true
      resolve()
    })
  })
  while (!ended) {
    const postmaster = await readPostmaster(pgdata)
    if (postmaster?.pid === child.pid) {
      child.unref()
      return true
    }
    await Promise.race([end, delay(retryEveryMs)])
  }
  return false
}

/**
 * The port of last time if it is free, so that the connection pools of a process that outlives a restart of the
 * server find it again; else any free one.
 */
async function choosePort(file: string, attempt: number): Promise<number> {
  const last = attempt > 1 ? 0 : Number(await readFile(file, 'utf8').catch(() => '0'))
  const port = (last > 0 && (await freePort(last))) || (await freePort(0))
  if (port === undefined) throw new Error('no free port on 127.0.0.1')
  await writeFile(file, String(port))
  return port
}

async function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** `fast` ends the sessions and stops; `immediate` leaves recovery to the next start. Waits until it is gone. */
export async function stopServer(
  pgdata: string,
  binaries: Binaries,
  user: ServerUser | undefined,
  mode: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const running = await readPostmaster(pgdata)
  const args = ['stop', '-D', pgdata, '-m', mode, '-w', '-t', '120']
  const { code, output } = await runProgram(binaries.pgCtl, args, binaries, user)
  // Another process may have started the next one meanwhile, whose file irritates the program.
  if (code !== 0 && running !== undefined && (await readPostmaster(pgdata))?.pid === running.pid)
    throw new Error(`PostgreSQL could not be stopped: ${output.trim()}`)
}
