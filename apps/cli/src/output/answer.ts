import { debuglog } from 'node:util'
import type { Command } from 'commander'
import { isConnectionLoss } from '#database'
import { RoviecError, type Text } from '#kernel'
import { withSession, type Session } from '../session.js'
import { placeText } from './place-text.js'
import { paint, terminal } from './table.js'

/** What a command has to say: one JSON document for programs, text for people. */
export interface Answer {
  readonly json: unknown
  readonly text: string
  /** Default 0: done. */
  readonly exitCode?: number
}

export type Options = Readonly<Record<string, string | boolean | undefined>>

/**
 * 1: refused, invalid, or anything else that went wrong; 2: wrong usage; 3: the store cannot be reached, and the same
 * command may do later; 4: a stop that had to be cut short.
 */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3, forced: 4 } as const

/**
 * Runs a command that needs the record, with its own options; `--as` and `--json` are everyone's. A command that has
 * written its answer line by line answers null.
 */
export async function answering(
  command: Command,
  work: (session: Session, options: Options) => Promise<Answer | null>,
): Promise<void> {
  const { json, as, ...options } = command.optsWithGlobals<Options & { json?: boolean; as?: string }>()
  const [answer, place] = await withSession(
    { as },
    async (session) => [await work(session, options), session.place()] as const,
  )
  if (answer === null) return
  const text = place === null ? answer.text : answer.text + placeText(place)
  print({ ...answer, text }, json === true)
}

/** JSON alone on standard output when asked for. */
export function print(answer: Answer, asJson: boolean): void {
  terminal.write(asJson ? `${JSON.stringify(answer.json)}\n` : answer.text)
  process.exitCode = answer.exitCode ?? exitCodes.done
}

/** Notices never mix with the answer. */
export function notice(text: string): void {
  process.stderr.write(`${text}\n`)
}

/**
 * Tells what went wrong and what to do, in Vietnamese unless `ROVIEC_LANG=en`; answers the exit code. A program that
 * asked for JSON finds the error as the one document on standard output as well.
 */
export function tellError(error: unknown, asJson = false): number {
  if (asJson) {
    const [code, message, details] =
      error instanceof RoviecError
        ? [error.code, error.text, error.details]
        : ['unexpected-error', unexpected(error), {}]
    terminal.write(`${JSON.stringify({ error: { code, message, details } })}\n`)
  }
  const language = process.env['ROVIEC_LANG'] === 'en' ? 'en' : 'vi'
  if (!(error instanceof RoviecError)) {
    process.stderr.write(`${unexpected(error)[language]}\n`)
    return exitCodeOf(error)
  }
  process.stderr.write(
    `${paint(error.text[language], 'red', process.stderr.isTTY === true)} [${error.code}]\n`,
  )
  return exitCodeOf(error)
}

/** Errors that say that no server answers. */
const unanswered: ReadonlySet<string> = new Set([
  'append-outcome-unknown',
  'event-store-unavailable',
  'postgres-did-not-start',
  'postgres-does-not-answer',
])

export function exitCodeOf(error: unknown): number {
  const isUnreachable = error instanceof RoviecError ? unanswered.has(error.code) : isConnectionLoss(error)
  return isUnreachable ? exitCodes.unreachable : exitCodes.refused
}

/** A fault of ours: its words, never the stack. `NODE_DEBUG=roviec` is for whoever mends it. */
function unexpected(error: unknown): Text {
  const said = error instanceof Error ? error.message : String(error)
  debug('%s', error instanceof Error ? (error.stack ?? said) : said)
  return {
    vi: `Có lỗi ngoài dự kiến: ${said}. Chạy lại với NODE_DEBUG=roviec để có chi tiết cho người hỗ trợ.`,
    en: `Something unexpected went wrong: ${said}. Run again with NODE_DEBUG=roviec for details.`,
  }
}

const debug = debuglog('roviec')
