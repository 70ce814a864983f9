/** A line of NDJSON has some hundred bytes; what is far longer is no line of ours and is not kept in memory. */
export const longestLine = 1_048_576

export interface InputLine {
  /** From 1. */
  readonly number: number
  /** Null where the line is longer than `longestLine` bytes. */
  readonly text: string | null
  /** Of a line too long: how it begins. */
  readonly beginning?: string
}

/** Of a line too long so much is kept: enough to recognise it by. */
const beginningBytes = 2_048

const lineFeed = 10

/** Splits bytes into lines without ever holding more than one of them; a line too long passes by. */
export async function* boundedLines(
  chunks: AsyncIterable<Uint8Array>,
  limit = longestLine,
): AsyncGenerator<InputLine> {
  const decoder = new TextDecoder()
  let number = 1
  let parts: Uint8Array[] = []
  let size = 0
  const take = (bytes: Uint8Array): void => {
    const was = size
    size += bytes.length
    if (size <= limit) parts.push(bytes)
    else if (was <= limit) parts = [beginningOf([...parts, bytes])]
  }
  const line = (): InputLine => {
    const read = decoder.decode(Buffer.concat(parts))
    const tooLong = size > limit
    parts = []
    size = 0
    if (tooLong) return { number: number++, text: null, beginning: read }
    return { number: number++, text: read.replace(/\r$/, '') }
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      take(chunk.subarray(start, end))
      yield line()
      start = end + 1
    }
    take(chunk.subarray(start))
  }
  if (size > 0) yield line()
}

/** A copy: what follows is let go. */
function beginningOf(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts).subarray(0, beginningBytes))
}
