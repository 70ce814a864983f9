import { describe, expect, it } from '@jest/globals'
import { boundedLines, longestLine } from './bounded-lines.js'

async function linesOf(chunks: readonly (string | Uint8Array)[], limit?: number) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk))
  }
  const lines: [number, string | null][] = []
  for await (const { number, text } of boundedLines(bytes(), limit)) lines.push([number, text])
  return lines
}

describe('lines of input', () => {
  it('are cut where they end, over any chunks, letters of several bytes included', async () => {
    const bytes = Buffer.from('{"a":"hồ sơ"}\r\n\nlast')
    const expected = [
      [1, '{"a":"hồ sơ"}'],
      [2, ''],
      [3, 'last'],
    ]
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(expected)
  })

  it('too long pass by, and the next one is read', async () => {
    expect(await linesOf(['1234', '5678\n12', '34\n123', '45'], 4)).toEqual([
      [1, null],
      [2, '1234'],
      [3, null],
    ])
  })

  it('of 10 MB are too long', async () => {
    const megabyte = 'x'.repeat(longestLine)
    const lines = await linesOf([...Array.from({ length: 10 }, () => megabyte), '\n{}\n'])
    expect(lines).toEqual([
      [1, null],
      [2, '{}'],
    ])
  })

  it('begin after a byte order mark', async () => {
    expect(await linesOf(['\uFEFF{}\n'])).toEqual([[1, '{}']])
  })
})
