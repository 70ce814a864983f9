import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Binaries } from './binaries.js'
import {
  dataDirNotWritable,
  diskFull,
  notOurCluster,
  otherMajorVersion,
  serverDidNotStart,
} from './errors.js'
import { runProgram } from './run-program.js'
import { assertReachable, type ServerUser } from './server-user.js'

export const majorVersion = '18'
export const superuser = 'roviec'

/** Where things lie below a data directory. `home` appears by one rename, complete or not at all. */
export interface ClusterPaths {
  readonly dataDir: string
  readonly home: string
  readonly pgdata: string
  readonly password: string
  readonly log: string
  readonly startLock: string
  readonly libraries: string
}

export function clusterPaths(dataDir: string): ClusterPaths {
  const root = resolve(dataDir)
  const home = join(root, 'postgres')
  return {
    dataDir: root,
    home,
    pgdata: join(home, 'data'),
    password: join(home, 'password'),
    log: join(root, 'postgres.log'),
    startLock: join(root, 'postgres.lock'),
    libraries: join(root, 'postgres-lib'),
  }
}

/** Creates the data directory and makes sure that we and the server can work in it. */
export async function prepareDataDir(paths: ClusterPaths, user: ServerUser | undefined): Promise<void> {
  try {
    await mkdir(paths.dataDir, { recursive: true, mode: 0o755 })
    const probe = join(paths.dataDir, `.probe-${process.pid}-${randomBytes(4).toString('hex')}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(paths.dataDir, error)
    throw dataDirNotWritable(paths.dataDir, error)
  }
  await assertReachable(paths.home, user)
}

/** The password of the superuser, or undefined while there is no cluster. Refuses one of another major version. */
export async function readCluster(paths: ClusterPaths): Promise<string | undefined> {
  const found = await readText(join(paths.pgdata, 'PG_VERSION'))
  if (found === undefined) return undefined
  if (found !== majorVersion) throw otherMajorVersion(paths.dataDir, found, majorVersion)
  return readText(paths.password)
}

/**
 * Makes the cluster in a directory of its own and renames it into place. A run that was killed leaves such a
 * directory behind and nothing else; the next one removes it, even under an initdb that outlived it, and starts over. Call it under the start lock.
 */
export async function initCluster(
  paths: ClusterPaths,
  binaries: Binaries,
  user: ServerUser | undefined,
  durable: boolean,
): Promise<void> {
  for (const name of await readdir(paths.dataDir))
    if (name.startsWith('postgres.init-'))
      await rm(join(paths.dataDir, name), { recursive: true, force: true, maxRetries: 5 })

  const draft = join(paths.dataDir, `postgres.init-${process.pid}-${randomBytes(4).toString('hex')}`)
  await mkdir(draft, { mode: 0o700 })
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
  if (user) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid)

  const args = ['-D', join(draft, 'data'), '-U', superuser, `--pwfile=${passwordFile}`]
  args.push('--auth=scram-sha-256', '--no-instructions')
  // Byte order for every comparison, the same on every machine; Vietnamese order is made where people read it.
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!durable) args.push('--no-sync')
  const { code, output } = await runProgram(binaries.initdb, args, binaries, user)
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true })
    if (output.includes('No space left on device')) throw diskFull(paths.dataDir)
    throw serverDidNotStart(paths.dataDir, output.slice(-1000).trim())
  }
  await rename(draft, paths.home).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true })
    const taken = error.code === 'ENOTEMPTY' || error.code === 'EEXIST' || error.code === 'ENOTDIR'
    // Another process that took over the same dead lock may have been first: its cluster is as good.
    if (!taken || (await readCluster(paths)) === undefined) throw taken ? notOurCluster(paths.home) : error
  })
  if (durable) await syncDirectory(paths.dataDir)
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === 'EACCES' || code === 'EPERM') throw dataDirNotWritable(dirname(file), error)
    throw error
  }
}
