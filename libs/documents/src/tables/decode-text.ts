import type { FileBytes } from './file-bytes.js'
import { fileFormatUnknown } from './table-errors.js'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

/**
 * By byte order mark; else by the zero bytes of UTF-16; else UTF-8 where the *whole* file is valid UTF-8, else
 * Windows-1258, the Vietnamese code page of older Office. Reads the file once.
 *
 * @throws RoviecError `file-format-unknown` for bytes that are no text.
 */
export async function detectEncoding(file: FileBytes): Promise<TextEncoding> {
  const { head } = file
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const wide = zeroPattern(head)
  if (wide !== null) return wide
  if (head.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)))
    throw fileFormatUnknown(null)
  return (await isUtf8(file)) ? 'utf-8' : 'windows-1258'
}

/** Vietnamese in UTF-16 is at least a third ASCII, whose other byte is zero; other texts have no zero byte. */
function zeroPattern(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2]! += 1
  const [even = 0, odd = 0] = zeros
  const enough = head.length / 6
  if (odd > enough && even < odd / 10) return 'utf-16le'
  return even > enough && odd < even / 10 ? 'utf-16be' : null
}

async function isUtf8(file: FileBytes): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of file.chunks()) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false
    throw error
  }
}

/** Text in pieces, without byte order mark. Characters and surrogates are never cut in two. */
export async function* decodeText(file: FileBytes, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of file.chunks()) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
