import { fileEncrypted, fileFormatUnknown } from './table-errors.js'

const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', [0x1f, 0x8b]],
]
/** Compound file: .xls and .doc before 2007, and an .xlsx or .docx with a password. */
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/**
 * By content, never by the name, which users change.
 *
 * @throws RoviecError `file-format-unknown` for known formats that are not tables, saying which; `file-encrypted`.
 */
export function sniffFormat(head: Uint8Array): 'zip' | 'text' {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip'
  if (startsWith(head, compoundFile)) {
    const names = Buffer.from(head).toString('latin1')
    if (names.includes('E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e')) throw fileEncrypted()
    throw fileFormatUnknown('.xls/.doc')
  }
  for (const [name, bytes] of signatures) if (startsWith(head, bytes)) throw fileFormatUnknown(name)
  const opening = Buffer.from(head.subarray(0, 512)).toString('latin1').replace(/^ï»¿/, '').trimStart()
  if (/^<(!doctype html|html|table|meta|head)/i.test(opening)) throw fileFormatUnknown('HTML')
  if (opening.startsWith('<?xml')) throw fileFormatUnknown('XML')
  return 'text'
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}
