import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { RoviecError } from '#kernel'
import { fileDamaged } from './table-errors.js'

export type XmlAttributes = Readonly<Record<string, string>>

/** Names come without their prefix: Office and its imitators choose different ones. */
export interface XmlVisitor {
  open(name: string, attributes: XmlAttributes): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * Feeds an XML part to the visitor piece by piece and yields after each, so that a caller may pass on what was
 * read. No document type is accepted: Office writes none, and entities are the way to make small files large.
 *
 * @throws RoviecError `file-damaged`.
 */
export async function* readXml(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
  visitor: XmlVisitor,
): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw fileDamaged(part, error)
  })
  parser.on('doctype', () => {
    throw fileDamaged(`${part}, DOCTYPE`)
  })
  parser.on('opentag', (tag) => visitor.open(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => visitor.close?.(localName(tag.name)))
  const text = visitor.text?.bind(visitor)
  if (text !== undefined) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  let decoder: TextDecoder | null = null
  try {
    for await (const chunk of chunks) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
      parser.write(decoder.decode(chunk, { stream: true }))
      yield
    }
    parser.write(decoder?.decode() ?? '')
    parser.close()
    yield
  } catch (error) {
    throw error instanceof RoviecError ? error : fileDamaged(part, error)
  }
}

/** Reads the whole part. */
export async function visitXml(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
  visitor: XmlVisitor,
): Promise<void> {
  const reading = readXml(part, chunks, visitor)
  while ((await reading.next()).done !== true);
}

/** The attribute under any prefix: `w:val`, `val`. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name]
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key]
  return undefined
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8'
}
