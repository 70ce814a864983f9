import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import type { FastifyRequest } from 'fastify'
import { boundedLines } from '#dossiers'
import { atMost, messageBody } from './message-body.js'

function requestOf(bytes: Uint8Array, encoding?: string): FastifyRequest {
  const body = new PassThrough()
  body.end(bytes)
  return { body, headers: { 'content-encoding': encoding } } as unknown as FastifyRequest
}

async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  for await (const chunk of bytes) size += chunk.length
  return size
}

describe('the body of messages', () => {
  it('is taken up to its size unpacked: a packed bomb ends there', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000))
    expect(bomb.length).toBeLessThan(20_000)
    expect(await sizeOf(messageBody(requestOf(bomb, 'gzip'), 10_000_000))).toBe(10_000_000)
    for (const request of [requestOf(bomb, 'gzip'), requestOf(Buffer.alloc(10_000_000))])
      await expect(sizeOf(messageBody(request, 9_999_999))).rejects.toMatchObject({
        kind: 'invalid',
        code: 'body-too-large',
      })
  })

  it('is taken up to a number of lines, blank ones too', async () => {
    const lines = async (most: number): Promise<number> => {
      let count = 0
      for await (const line of atMost(boundedLines(messageBody(requestOf(Buffer.alloc(50, '\n')))), most))
        count = line.number
      return count
    }
    expect(await lines(50)).toBe(50)
    await expect(lines(49)).rejects.toMatchObject({ code: 'body-too-large' })
  })

  it('that is no stream was sent as something else', () => {
    const request = { body: {}, headers: {} } as FastifyRequest
    expect(() => messageBody(request)).toThrow(expect.objectContaining({ code: 'body-missing' }))
  })
})
