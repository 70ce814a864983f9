import { readFileSync, readdirSync, readlinkSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const memory = '/dev/shm'
const ordinary = tmpdir()

/** Plain JavaScript because Jest loads its global modules without transforming ES modules. */
export default async function teardown() {
  await removeRuns((run) => run === process.pid)
}

/**
 * Where a run keeps its files: in memory where there is room, since the three hundred files of a database are what most
 * test files wait for. Containers often have 64 MB there.
 */
export function runDirectory() {
  return join(roomIn(memory) > 4 * 2 ** 30 ? memory : ordinary, `roviec-test-${process.pid}`)
}

function roomIn(directory) {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize
  } catch {
    return 0
  }
}

/** Removes every directory `roviec-test-<pid of the Jest run>` whose run is chosen, with the servers in it. */
export async function removeRuns(isChosen) {
  for (const place of [memory, ordinary])
    for (const name of namesIn(place)) {
      const run = Number(/^roviec-test-(\d+)$/.exec(name)?.[1])
      // Another run may be clearing the same directory, or it may be another user's: not worth failing for.
      if (run && isChosen(run)) await removeRun(join(place, name)).catch(() => undefined)
    }
}

async function removeRun(directory) {
  for (const name of namesIn(directory)) await removeTestServer(join(directory, name))
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
}

function namesIn(directory) {
  try {
    return readdirSync(directory)
  } catch {
    return []
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
