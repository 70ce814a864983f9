import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { processExists } from './postmaster.js'

/**
 * Runs `work` unless another process holds the lock file; then it does nothing and says so.
 *
 * It is a courtesy that spares a second initdb and a noisy failure. That there is one cluster and one server never
 * depends on it: a cluster appears by one rename, and PostgreSQL itself refuses a second server on its directory.
 * So taking over the lock of a dead process may be simple.
 *
 * @returns whether `work` ran.
 */
export async function underStartLock(file: string, work: () => Promise<void>): Promise<boolean> {
  if (!(await acquire(file))) return false
  try {
    await work()
  } finally {
    await rm(file, { force: true })
  }
  return true
}

async function acquire(file: string): Promise<boolean> {
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(mine, String(process.pid))
  try {
    if (await linked(mine, file)) return true
    const holder = await readFile(file, 'utf8').catch(() => undefined)
    if (holder === undefined || processExists(Number(holder))) return false
    await rename(file, `${mine}.dead`).catch(() => undefined)
    await rm(`${mine}.dead`, { force: true })
    return await linked(mine, file)
  } finally {
    await rm(mine, { force: true })
  }
}

/** `link` is atomic, and the lock never exists without the pid in it. */
async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
}
