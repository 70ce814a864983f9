import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { findProcess } from './running-process.js'

/** Longer than initdb and a start take on a slow disk. */
const staleAfterMs = 60_000

/**
 * Runs `work` unless another process holds the lock file; then it does nothing and says so.
 *
 * It is a courtesy that spares a second initdb and a noisy failure. That there is one cluster and one server never
 * depends on it: a cluster appears by one rename, and PostgreSQL itself refuses a second server on its directory.
 * So it may be taken over freely: from a dead process, and from one that has kept it for too long.
 *
 * @returns whether `work` ran.
 */
export async function underStartLock(file: string, work: () => Promise<void>): Promise<boolean> {
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(mine, (await findProcess(process.pid))?.identity ?? String(process.pid))
  try {
    if (!(await linked(mine, file)) && !((await removeStale(file, mine)) && (await linked(mine, file))))
      return false
  } finally {
    await rm(mine, { force: true })
  }
  try {
    await work()
  } finally {
    await rm(file, { force: true })
  }
  return true
}

/** `link` is atomic, and the lock never exists without its holder's name in it. */
async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}

async function removeStale(file: string, mine: string): Promise<boolean> {
  const holder = await readFile(file, 'utf8').catch(() => undefined)
  if (holder === undefined) return true
  if ((await isRunning(holder)) && (await ageOf(file)) < staleAfterMs) return false
  const aside = `${mine}.stale`
  await rename(file, aside).catch(() => undefined)
  // Another one may have replaced the stale lock by its own since we read it: that one is put back.
  const moved = await readFile(aside, 'utf8').catch(() => undefined)
  const wasStale = moved === undefined || moved === holder
  if (!wasStale) await linked(aside, file)
  await rm(aside, { force: true })
  return wasStale
}

async function isRunning(identity: string): Promise<boolean> {
  return (await findProcess(Number.parseInt(identity, 10)))?.identity === identity
}

async function ageOf(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )
}
