import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const libraries = new URL('../../', import.meta.url)

/**
 * SHA-256 over the files of the libraries as they run here: two programs that fold differently differ in it, whichever
 * function it is that was changed. Some tens of milliseconds, once a process and only where a long stream is met.
 */
export async function programDigest(): Promise<string> {
  const all = await readdir(fileURLToPath(libraries), { recursive: true })
  const files = all.filter((file) => /(?<!\.test)\.(js|ts)$/.test(file)).toSorted()
  const contents = await Promise.all(files.map((file) => readFile(new URL(file, libraries))))
  const hash = createHash('sha256')
  for (const [index, file] of files.entries()) hash.update(`${file}\n`).update(contents[index]!)
  return hash.digest('base64url')
}
