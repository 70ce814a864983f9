import { localDateOf } from '#calendar'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import { deriveId, RoviecError, type JsonValue } from '#kernel'
import { mostKeptOfLine, rejectionWorkflow } from '../domain/rejection.workflow.js'
import { plainPart } from '../domain/stream-key.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import type { BadLine } from './read-line.js'

export interface Rejected extends BadLine {
  readonly input: InputLine
}

const linesACommand = 100

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
    const bySource = new Map<string, Rejected[]>()
    for (const line of rejected) {
      const source = line.source ?? unknownSource
      bySource.set(source, [...(bySource.get(source) ?? []), line])
    }
    for (const [source, lines] of bySource)
      for (let start = 0; start < lines.length; start += linesACommand)
        await this.#keep(
          `${plainPart(source)}:${localDateOf(now)}`,
          lines.slice(start, start + linesACommand),
        )
  }

  async #keep(day: string, rejected: readonly Rejected[]): Promise<void> {
    const lines = rejected.map(keptLine) as unknown as JsonValue
    for (let stream = this.#streams.get(day) ?? 0; ; stream++) {
      const aggregate = `${day}:${stream}`
      const outcome = await this.commands.handle({
        id: deriveId('dossier.rejected', aggregate, JSON.stringify(lines)),
        workflow: rejectionWorkflow.name,
        aggregate,
        transition: 'KeepLines',
        data: { lines },
        actor: this.actor,
      })
      this.#streams.set(day, stream)
      if (outcome.status !== 'refused') return
      const { code, text, details } = outcome.refusal
      if (code !== 'rejections-full') throw new RoviecError('forbidden', code, text, details)
    }
  }
}

function keptLine({ input, problem, source, id, dossier }: Rejected): object {
  const text = (input.text ?? input.beginning ?? '').toWellFormed()
  return {
    line: text.slice(0, mostKeptOfLine).toWellFormed(),
    cut: input.text === null || text.length > mostKeptOfLine,
    code: problem.code,
    message: problem.message,
    ...(source !== null && { source }),
    ...(id !== null && { id }),
    ...(dossier !== null && { dossier }),
  }
}
