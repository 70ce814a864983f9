import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { invalid, type RoviecError } from '#kernel'

/** Of one request, unpacked. A province reports some ten megabytes a day; a packed bomb ends here. */
export const mostMessageBytes = 1024 ** 3

/** Of one request, blank ones too: a packed bomb of line ends would keep the processor busy for minutes. */
const mostLines = 5_000_000

/** @throws RoviecError `body-too-large` with the first line that is too many. */
export async function* atMost<Line extends { readonly number: number }>(
  lines: AsyncIterable<Line>,
  most = mostLines,
): AsyncGenerator<Line> {
  for await (const line of lines) {
    if (line.number > most) throw tooLarge(`${most} dòng`, `${most} lines`)
    yield line
  }
}

/**
 * The bytes of the request, unpacked where they come packed, read as fast as they are used.
 *
 * @throws RoviecError `encoding-unsupported`, `body-too-large`, `body-damaged`; also while it is being read.
 */
export function messageBody(request: FastifyRequest, limit = mostMessageBytes): AsyncIterable<Uint8Array> {
  if (!isStream(request.body)) throw bodyMissing()
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return bounded(request.body, limit)
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw encodingUnsupported(encoding)
  const unpacked = createGunzip()
  // A sender that goes away ends the unpacking with its error.
  request.body.on('error', (error: Error) => unpacked.destroy(error))
  // The bytes may prove damaged before anyone reads on: kept, and told to the reader, instead of ending the process.
  unpacked.on('error', () => undefined)
  return bounded(request.body.pipe(unpacked), limit)
}

async function* bounded(bytes: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > limit) throw tooLarge(megabytes(limit), megabytes(limit))
      yield chunk
    }
  } catch (error) {
    throw isDamage(error) ? damaged() : error
  }
}

function isStream(body: unknown): body is Readable {
  return typeof (body as Partial<Readable> | null | undefined)?.pipe === 'function'
}

function isDamage(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' && code.startsWith('Z_')
}

function bodyMissing(): RoviecError {
  return invalid('body-missing', {
    vi: 'Chưa có dữ liệu. Gửi các dòng NDJSON trong thân yêu cầu với Content-Type: application/x-ndjson.',
    en: 'There is no body. Send NDJSON lines as the body with Content-Type: application/x-ndjson.',
  })
}

function encodingUnsupported(encoding: string): RoviecError {
  return invalid(
    'encoding-unsupported',
    {
      vi: 'Chỉ nhận dữ liệu không nén hoặc nén gzip (Content-Encoding: gzip).',
      en: 'Only plain or gzip bodies are taken (Content-Encoding: gzip).',
    },
    { encoding: encoding.slice(0, 40) },
  )
}

function tooLarge(vi: string, en: string): RoviecError {
  return invalid('body-too-large', {
    vi: `Dữ liệu vượt ${vi}. Gửi phần còn lại trong yêu cầu khác.`,
    en: `The body is larger than ${en}. Send the rest in another request.`,
  })
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`
}

function damaged(): RoviecError {
  return invalid('body-damaged', {
    vi: 'Dữ liệu nén bị hỏng hoặc bị cắt. Nén và gửi lại.',
    en: 'The packed body is damaged or cut off. Pack it and send it again.',
  })
}
