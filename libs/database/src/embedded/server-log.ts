import { open, rename, stat, type FileHandle } from 'node:fs/promises'

/** A log of this size is put aside at the next start; one older log is kept. */
const rotateAtBytes = 10 * 1024 * 1024

export async function openServerLog(file: string): Promise<FileHandle> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size >= rotateAtBytes) await rename(file, `${file}.1`)
  return open(file, 'a+', 0o640)
}

/** What was written since `offset`, at most the last 4 KiB. */
export async function readSince(log: FileHandle, offset: number): Promise<string> {
  const { size } = await log.stat()
  const from = Math.max(offset, size - 4096)
  const { buffer, bytesRead } = await log.read(Buffer.alloc(size - from), 0, size - from, from)
  return buffer.toString('utf8', 0, bytesRead).trim()
}
