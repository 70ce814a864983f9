/** 1980-01-01 00:00, the first moment that a zip file can name (MS-DOS time, then date). */
const firstMoment = 0x0021_0000

const endSignature = 0x0605_4b50
const entrySignature = 0x0201_4b50
const endLength = 22

/**
 * Sets the time of every part to 1980-01-01, in place: the libraries stamp the moment of writing, in the machine's time
 * zone, and that alone would make two files of the same content differ. Nothing else is touched; checksums cover
 * content only. When a document was made is said inside it.
 *
 * Takes archives as those libraries write them: without comment, below 4 GB (PKWARE APPNOTE 4.3).
 */
export function withFixedZipTimes(archive: Buffer): Buffer {
  const end = archive.length - endLength
  if (end < 0 || archive.readUInt32LE(end) !== endSignature) throw new Error('no zip archive without comment')
  let entry = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(entry) !== entrySignature) throw new Error(`no zip entry at ${entry}`)
    archive.writeUInt32LE(firstMoment, entry + 12)
    archive.writeUInt32LE(firstMoment, archive.readUInt32LE(entry + 42) + 10)
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(entry + offset))
    entry += 46 + name! + extra! + comment!
  }
  return archive
}
