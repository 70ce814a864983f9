import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import type { IngestSummary, LineOutcome } from '#dossiers'
import { RoviecError } from '#kernel'
import type { Language } from '../http/language.js'

/**
 * Answers that a sender has not read yet. Many senders read nothing before they have sent everything: were the answer
 * to wait for them, both would wait for ever. It holds the outcomes of half a million lines; then it waits.
 */
const mostUnread = 32 * 1024 ** 2

export type Run = AsyncGenerator<readonly LineOutcome[], IngestSummary>

interface Form {
  readonly opening: string
  readonly between: string
  /** Before the last member, which is the sum or the error. */
  closing(member: string): string
}

const ndjson: Form = { opening: '', between: '\n', closing: (member) => `\n{${member}}\n` }
const json: Form = { opening: '{"outcomes":[', between: ',', closing: (member) => `],${member}}\n` }

/**
 * The outcomes as they come about, then the sum. What breaks off after the first outcomes is told at the end, with the
 * line to go on from; what breaks off before them is thrown.
 */
export async function ingestAnswer(
  run: Run,
  { asLines, language }: { readonly asLines: boolean; readonly language: Language },
): Promise<Readable> {
  const first = await run.next()
  const form = asLines ? ndjson : json
  const answer = new PassThrough({ highWaterMark: mostUnread })
  void pump(run, first, form, language, answer)
  return answer
}

async function pump(
  run: Run,
  first: IteratorResult<readonly LineOutcome[], IngestSummary>,
  form: Form,
  language: Language,
  answer: PassThrough,
): Promise<void> {
  let last = 0
  let separator = form.opening
  try {
    let step = first
    for (; step.done !== true; step = await run.next()) {
      const texts = step.value.map((outcome) => JSON.stringify(told(outcome, language)))
      last = step.value.at(-1)?.line ?? last
      if (!answer.write(separator + texts.join(form.between))) await once(answer, 'drain')
      separator = form.between
    }
    const { position, ...counts } = step.value
    const summary = { ...counts, position: position === null ? null : String(position) }
    answer.end(ending(form, separator, `"summary":${JSON.stringify(summary)}`))
  } catch (error) {
    // Nobody reads on where the sender has gone.
    if (answer.destroyed) return
    answer.end(ending(form, separator, `"error":${JSON.stringify(problemOf(error, last + 1, language))}`))
  }
}

/** Without an outcome the opening stands before the end. */
function ending(form: Form, separator: string, member: string): string {
  const closed = form.closing(member)
  return separator === form.opening ? form.opening + closed.replace(/^\n/, '') : closed
}

function told({ line, outcome, problem, warnings }: LineOutcome, language: Language): object {
  return {
    line,
    outcome,
    ...(problem !== null && { code: problem.code, message: problem.message[language] }),
    ...(warnings.length > 0 && {
      warnings: warnings.map(({ code, message }) => ({ code, message: message[language] })),
    }),
  }
}

function problemOf(error: unknown, resumeFrom: number, language: Language): object {
  if (error instanceof RoviecError)
    return { code: error.code, message: error.text[language], ...error.details, resumeFrom }
  const message = {
    vi: `Hệ thống gặp lỗi khi xử lý. Gửi lại từ dòng ${resumeFrom}; các dòng trước đã có kết quả.`,
    en: `Something broke. Send again from line ${resumeFrom}; lines before it have their outcome.`,
  }
  return { code: 'internal-error', message: message[language], resumeFrom }
}
