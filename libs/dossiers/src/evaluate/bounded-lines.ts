/** A line of NDJSON has some hundred bytes; what is far longer is no line of ours and is not kept in memory. */
export const longestLine = 1_048_576

export interface InputLine {
  /** From 1. */
  readonly number: number
  /** Null where the line is longer than `longestLine` bytes. */
  readonly text: string | null
}

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
    size += bytes.length
    if (size <= limit) parts.push(bytes)
    else parts = []
  }
  const line = (): InputLine => {
    const text = size > limit ? null : decoder.decode(Buffer.concat(parts)).replace(/\r$/, '')
    parts = []
    size = 0
    return { number: number++, text }
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
