import { readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** Plain JavaScript because Jest loads its global modules without transforming ES modules. */
export default async function teardown() {
  await removeTestServersOf((run) => run === process.pid)
}

/** Removes every `roviec-test-<pid of the Jest run>…` in the temporary directory whose run is chosen. */
export async function removeTestServersOf(isChosen) {
  for (const name of readdirSync(tmpdir())) {
    const run = Number(/^roviec-test-(\d+)(-|$)/.exec(name)?.[1])
    // Another run may be clearing the same directory, or it may be another user's: not worth failing for.
    if (run && isChosen(run)) await removeTestServer(join(tmpdir(), name)).catch(() => undefined)
  }
}

/** Stops the server of this directory, if one runs, without ceremony, and removes the directory. */
export async function removeTestServer(dataDir) {
  const pgdata = join(dataDir, 'postgres', 'data')
  const pid = readPid(join(pgdata, 'postmaster.pid'))
  if (pid && isServerOf(pid, pgdata)) {
    process.kill(pid, 'SIGQUIT')
    for (let waited = 0; processExists(pid) && waited < 5000; waited += 10) await delay(10)
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

/** A pid file outlives its process, and the pid may be another's by now. */
function isServerOf(pid, pgdata) {
  if (!processExists(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === pgdata
  } catch {
    return false
  }
}

function readPid(file) {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

export function processExists(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
