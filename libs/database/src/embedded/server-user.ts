import { execFileSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { noServerUser, unreachableForServer } from './errors.js'

/** The account the server runs as when we are root, because PostgreSQL refuses root. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * The owner of the cluster in `home`; before there is one, `postgres` if that account exists, else `nobody`.
 *
 * @returns undefined where the server can run as ourselves.
 */
export async function findServerUser(home: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(home).catch(() => undefined)
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', 'nobody']) {
    const uid = readId('-u', name)
    const gid = readId('-g', name)
    if (uid !== undefined && gid !== undefined) return { name, uid, gid }
  }
  throw noServerUser()
}

function readId(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

/** @throws RoviecError `path-unreachable-for-postgres` naming the first directory on the way that shuts the user out. */
export async function assertReachable(path: string, user: ServerUser | undefined): Promise<void> {
  if (!user) return
  const ancestors: string[] = []
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    ancestors.unshift(at)
    if (at === dirname(at)) break
  }
  for (const directory of ancestors) {
    const { uid, gid, mode } = await stat(directory)
    const searchable = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & searchable) === 0) throw unreachableForServer(directory, user.name)
  }
}
