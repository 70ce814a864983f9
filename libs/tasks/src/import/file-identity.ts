import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { TableFile } from '#documents'

/** Shown in the record; the digest tells files apart. */
export function nameOfFile(file: TableFile): string {
  return (file.name ?? ('path' in file ? basename(file.path) : 'phu-luc')).slice(0, 200)
}

/** SHA-256 of the bytes, hexadecimal. */
export async function digestOfFile(file: TableFile): Promise<string> {
  const hash = createHash('sha256')
  if ('bytes' in file) return hash.update(file.bytes).digest('hex')
  for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
