import { crc32 } from 'node:zlib'
import { RoviecError } from '#kernel'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import type { TableLimits } from './table.js'
import { fileDamaged, fileEncrypted, zipBomb } from './table-errors.js'

/**
 * Office XML packs 10 to 60 to 1. A large part packed tighter than this was made to hurt; small parts of one
 * repeated character may be honest.
 */
const maxRatio = 250
const smallPartBytes = 8 * 1024 * 1024

/** Parts of an Office file, read one at a time; nothing is written to disk, no part is run. */
export interface ZipArchive {
  has(part: string): boolean
  /** The unpacked part in pieces, its size and checksum verified. */
  read(part: string): AsyncGenerator<Uint8Array>
}

/** @throws RoviecError `file-damaged`, `zip-bomb`, `file-encrypted`; when a part is read, for that part. */
export async function openZip(bytes: Buffer, limits: TableLimits): Promise<ZipArchive> {
  const zip = await fromBufferPromise(bytes).catch((error: unknown) => {
    throw fileDamaged('zip', error)
  })
  const entries = await listEntries(zip, limits)
  return {
    has: (part) => entries.has(part),
    read: (part) => readPart(zip, entries.get(part), part, limits),
  }
}

async function listEntries(zip: ZipFile, limits: TableLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) throw zipBomb('zip', zip.entryCount)
  const entries = new Map<string, Entry>()
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        // Two parts of one name: programs disagree about which counts, so neither is trusted.
        if (entries.has(entry.fileName)) return reject(new Error(`two parts named ${entry.fileName}`))
        entries.set(entry.fileName, entry)
        zip.readEntry()
      })
      zip.on('end', resolve)
      zip.on('error', reject)
      zip.readEntry()
    })
  } catch (error) {
    throw fileDamaged('zip', error)
  }
  return entries
}

async function* readPart(
  zip: ZipFile,
  entry: Entry | undefined,
  part: string,
  limits: TableLimits,
): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw fileDamaged(part)
  if (entry.isEncrypted()) throw fileEncrypted()
  const { uncompressedSize: size, compressedSize: packed } = entry
  if (size > limits.maxUnpackedBytes) throw zipBomb(part, size)
  if (size > smallPartBytes && size > packed * maxRatio) throw zipBomb(part, size)
  let checksum = 0
  try {
    // The stream fails when the part turns out longer or shorter than it says: the checks above hold.
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum)
      yield chunk
    }
  } catch (error) {
    if (error instanceof RoviecError) throw error
    throw String(error).includes('too many bytes') ? zipBomb(part, size) : fileDamaged(part, error)
  }
  if (checksum !== entry.crc32) throw fileDamaged(`${part}, CRC`)
}
