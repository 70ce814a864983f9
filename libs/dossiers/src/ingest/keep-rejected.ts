import { localDateOf } from '#calendar'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { deriveId, RoviecError, type JsonValue } from '#kernel'
import { mostKeptOfLine, rejectionWorkflow, type KeepLines } from '../domain/rejection.workflow.js'
import { plainPart } from '../domain/stream-key.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import type { BadLine } from './read-line.js'
import { isTooLarge } from './send-messages.js'

export interface Rejected extends BadLine {
  readonly input: InputLine
}

const linesACommand = 100

/** Three bytes a letter, sealed: a server that takes a megabyte an append, as EventStoreDB does unasked, takes these. */
const charactersACommand = 200_000

/**
 * A line longer than this has a stream of its own: a stream is read whole before an append, and a thousand lines may
 * have a gigabyte. Of what no store takes, and of lines that were too long to be read, so much is kept.
 */
const longLine = 8_192

/** Lines of which not even the source can be read. */
const unknownSource = 'unknown'

/** Keeps rejected lines, whole and with their reason, so that none is lost and each can be sent again. */
export class RejectedLines {
  /** By source and day, the first stream that has room. */
  readonly #streams = new Map<string, number>()

  constructor(
    private readonly commands: CommandHandler,
    private readonly actor: Actor,
  ) {}

  /** @param now ISO instant; its day in Vietnam names the stream. */
  async keep(rejected: readonly Rejected[], now: string): Promise<void> {
    const bySource = new Map<string, KeptLine[]>()
    for (const line of rejected) {
      const source = line.source ?? unknownSource
      bySource.set(source, [...(bySource.get(source) ?? []), keptLine(line)])
    }
    for (const [source, lines] of bySource) {
      const day = `${plainPart(source)}:${localDateOf(now)}`
      for (const line of lines.filter(isLong)) await this.#keepAlone(day, line)
      for (const part of partsOf(lines.filter((line) => !isLong(line)))) await this.#keep(day, part)
    }
  }

  async #keepAlone(day: string, line: KeptLine): Promise<void> {
    try {
      await this.#send(`${day}:${deriveId('dossier.rejected-alone', line.code, line.line)}`, [line])
    } catch (error) {
      if (!isTooLarge(error)) throw error
      await this.#keep(day, [{ ...line, ...beginningOf(line.line), cut: true }])
    }
  }

  async #keep(day: string, lines: readonly KeptLine[]): Promise<void> {
    for (let stream = this.#streams.get(day) ?? 0; ; stream++) {
      const isKept = await this.#send(`${day}:${stream}`, lines)
      this.#streams.set(day, stream)
      if (isKept) return
    }
  }

  /** False where the stream is full. */
  async #send(aggregate: string, kept: readonly KeptLine[]): Promise<boolean> {
    const lines = kept as unknown as JsonValue
    const outcome = await this.commands.handle({
      id: deriveId('dossier.rejected', aggregate, JSON.stringify(lines)),
      workflow: rejectionWorkflow.name,
      aggregate,
      transition: 'KeepLines',
      data: { lines },
      actor: this.actor,
    })
    if (outcome.status !== 'refused') return true
    const { code, text, details } = outcome.refusal
    if (code !== 'rejections-full') throw new RoviecError('forbidden', code, text, details)
    return false
  }
}

type KeptLine = Readonly<KeepLines['lines'][number]>

function isLong({ line }: KeptLine): boolean {
  return line.length > longLine
}

function* partsOf(lines: readonly KeptLine[]): Generator<readonly KeptLine[]> {
  let part: KeptLine[] = []
  let size = 0
  for (const line of lines) {
    if (part.length === linesACommand || size + line.line.length > charactersACommand) {
      yield part
      part = []
      size = 0
    }
    part.push(line)
    size += line.line.length
  }
  if (part.length > 0) yield part
}

function keptLine({ input, problem, source, id, dossier }: Rejected): KeptLine {
  const { text } = input
  const isWhole = text !== null && text.length <= mostKeptOfLine
  return {
    ...(isWhole ? { line: text.toWellFormed() } : beginningOf(text ?? input.beginning ?? '')),
    cut: !isWhole,
    code: problem.code,
    message: problem.message,
    ...(source !== null && { source }),
    ...(id !== null && { id }),
    ...(dossier !== null && { dossier }),
  }
}

function beginningOf(text: string): Pick<KeptLine, 'line'> {
  return { line: text.slice(0, longLine).toWellFormed() }
}
