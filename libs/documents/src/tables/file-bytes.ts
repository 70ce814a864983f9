import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { TableFile, TableLimits } from './table.js'
import { fileEmpty, fileNotFound, fileTooLarge } from './table-errors.js'

const chunkBytes = 64 * 1024

/** A file that can be read several times, in pieces. */
export interface FileBytes {
  readonly size: number
  /** The first bytes, enough to tell the format. */
  readonly head: Uint8Array
  chunks(): AsyncIterable<Uint8Array>
  whole(): Promise<Buffer>
}

/** @throws RoviecError `file-not-found`, `file-empty`, `file-too-large` before anything is read. */
export async function openFileBytes(file: TableFile, limits: TableLimits): Promise<FileBytes> {
  const size = 'bytes' in file ? file.bytes.byteLength : await sizeOf(file.path)
  if (size === 0) throw fileEmpty()
  if (size > limits.maxFileBytes) throw fileTooLarge(size, limits.maxFileBytes)
  return 'bytes' in file ? inMemory(file.bytes) : onDisk(file.path, size)
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileNotFound(error)
  })
  if (!found.isFile()) throw fileNotFound({ code: 'not-a-file' })
  return found.size
}

function inMemory(bytes: Uint8Array): FileBytes {
  return {
    size: bytes.byteLength,
    head: bytes.subarray(0, chunkBytes),
    async *chunks() {
      for (let at = 0; at < bytes.byteLength; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
    },
    whole: async () => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  }
}

async function onDisk(path: string, size: number): Promise<FileBytes> {
  const handle = await open(path).catch((error: unknown) => {
    throw fileNotFound(error)
  })
  try {
    const head = Buffer.alloc(Math.min(chunkBytes, size))
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return {
      size,
      head: head.subarray(0, bytesRead),
      // The size that was checked is the size that is read, also when the file grows meanwhile.
      chunks: () => createReadStream(path, { end: size - 1, highWaterMark: chunkBytes }),
      whole: async () => {
        const parts: Uint8Array[] = []
        for await (const part of createReadStream(path, { end: size - 1 })) parts.push(part as Uint8Array)
        return Buffer.concat(parts)
      },
    }
  } finally {
    await handle.close()
  }
}
