import { parseMoment } from '#calendar'
import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import type { EventStore } from '#event-store'
import { RoviecError, type Clock } from '#kernel'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { dossierKey } from '../domain/stream-key.js'
import type { ResolveAgency } from '../evaluate/agency-names.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import { rulebooksOf } from '../record/rulebooks.js'
import { RejectedLines, type Rejected } from './keep-rejected.js'
import type { IngestSummary, LineOutcome } from './line-outcome.js'
import { pinning, pinsNoProcedure, readLine, type BadLine, type ReadLine } from './read-line.js'
import { References } from './references.js'
import { sendMessages, type Sent } from './send-messages.js'

/** Who may bring in messages, by whichever door. `system` is the program itself: its first data. */
export const ingestRoles = ['connector', 'clerk', 'system'] as const

/** Lines looked at together: messages of one dossier among them go as one append. Some megabytes at most. */
const windowLines = 4_000
const windowBytes = 8_000_000

/** Dossiers under way together, so that their appends share flushes to disk. */
const inFlight = 256

/** Messages a command at most. */
const messagesACommand = 100

/** A clock a little ahead of ours is normal; a day ahead is a mistake in the date. */
const toleratedFutureMs = 24 * 3_600_000

export interface IngestParts {
  readonly commands: CommandHandler
  readonly store: EventStore
  readonly clock: Clock
  readonly actor: Actor
  readonly resolveAgency: ResolveAgency
}

/** Where a run that broke off is to be taken up again; sending from an earlier line, or all of it, does no harm. */
export class IngestInterrupted extends RoviecError {
  override readonly name = 'IngestInterrupted'

  constructor(
    readonly resumeFrom: number,
    cause: RoviecError,
  ) {
    super(
      cause.kind,
      cause.code,
      {
        vi: `${cause.text.vi} Các dòng trước dòng ${resumeFrom} đã có kết quả; gửi lại từ dòng ${resumeFrom}.`,
        en: `${cause.text.en} Lines before ${resumeFrom} have their outcome; send again from line ${resumeFrom}.`,
      },
      { ...cause.details, resumeFrom },
      { cause },
    )
  }
}

/**
 * Takes the lines of a source into the record, window by window: an outcome for every line but blank ones, in order,
 * and the sum at the end. A bad line stops none of the others and is kept with its reason. Messages of one dossier keep
 * their order; memory does not grow with the number of lines.
 *
 * @throws RoviecError `not-permitted`; IngestInterrupted where the store cannot be reached or others kept writing.
 */
export async function* ingestLines(
  parts: IngestParts,
  lines: AsyncIterable<InputLine>,
): AsyncGenerator<readonly LineOutcome[], IngestSummary> {
  const { commands, store, actor } = parts
  if (!mayIngest(actor)) throw notPermitted()
  const references = await References.read(rulebooksOf(store), parts.resolveAgency)
  const run = { ...parts, references, rejects: new RejectedLines(commands, actor) }
  const summary = { lines: 0, accepted: 0, repeated: 0, rejected: 0, position: null as bigint | null }
  for await (const window of oneAhead(sortedWindows(run, lines))) {
    const taken = await takeWindow(run, window)
    for (const { sent } of taken) {
      summary.lines++
      summary[sent.outcome]++
      if (sent.position !== null && sent.position > (summary.position ?? -1n))
        summary.position = sent.position
    }
    yield taken.map(({ line, sent: { outcome, problem, warnings } }) => ({
      line,
      outcome,
      problem,
      warnings,
    }))
  }
  return summary
}

/** Reads and sorts out the next window while the one before it is being written. */
async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done === true) return
      next = items.next()
      // Told when it is its turn: until then nobody waits for it.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    // Not waited for: a sender may stand still for ever.
    void items.return(undefined).catch(() => undefined)
  }
}

async function* sortedWindows(run: Run, lines: AsyncIterable<InputLine>): AsyncGenerator<SortedWindow> {
  for await (const window of windowsOf(lines))
    yield await sortOut(run, window).catch((error: unknown) => {
      throw interrupted(error, window[0]!.number)
    })
}

async function* windowsOf(lines: AsyncIterable<InputLine>): AsyncGenerator<readonly InputLine[]> {
  let window: InputLine[] = []
  let size = 0
  for await (const line of lines) {
    if (line.text?.trim() === '') continue
    window.push(line)
    size += line.text?.length ?? 0
    if (window.length < windowLines && size < windowBytes) continue
    yield window
    window = []
    size = 0
  }
  if (window.length > 0) yield window
}

interface Run extends IngestParts {
  readonly references: References
  readonly rejects: RejectedLines
}

interface Taken {
  readonly line: number
  readonly sent: Sent
}

async function takeWindow(run: Run, { first, queues, bad }: SortedWindow): Promise<readonly Taken[]> {
  try {
    const sent = await sendQueues(run, queues)
    const rejected: Rejected[] = bad.map(({ input, line }) => ({ ...line, input }))
    for (const { input, read, sent: result } of sent)
      if (result.problem !== null) rejected.push(rejectedBy(input, read, result.problem))
    await run.rejects.keep(rejected, run.clock.now().toISOString())
    return [
      ...bad.map(({ input, line }) => ({ line: input.number, sent: refusedUnread(line) })),
      ...sent.map(({ input, sent: result }) => ({ line: input.number, sent: result })),
    ].sort((a, b) => a.line - b.line)
  } catch (error) {
    throw interrupted(error, first)
  }
}

/** What is no fault of the lines is told with the line to go on from. */
function interrupted(error: unknown, first: number): unknown {
  const isOurs = error instanceof RoviecError && error.kind !== 'forbidden'
  return isOurs ? new IngestInterrupted(first, error) : error
}

interface Queued {
  readonly input: InputLine
  readonly read: ReadLine
}

interface SortedWindow {
  /** Number of its first line. */
  readonly first: number
  /** By dossier, in the order of the lines. */
  readonly queues: ReadonlyMap<string, readonly Queued[]>
  readonly bad: readonly { readonly input: InputLine; readonly line: BadLine }[]
}

async function sortOut({ references, clock }: Run, window: readonly InputLine[]): Promise<SortedWindow> {
  const latest = parseMoment(new Date(clock.now().getTime() + toleratedFutureMs).toISOString())
  const queues = new Map<string, Queued[]>()
  const bad: { input: InputLine; line: BadLine }[] = []
  for (const input of window) {
    const line = await readLine(input, references, latest)
    if ('problem' in line) {
      bad.push({ input, line })
      continue
    }
    const key = dossierKey(line.source, line.dossier)
    const queue = queues.get(key)
    if (queue === undefined) queues.set(key, [{ input, read: line }])
    else queue.push({ input, read: line })
  }
  return { first: window[0]!.number, queues, bad }
}

async function sendQueues(
  run: Run,
  queues: ReadonlyMap<string, readonly Queued[]>,
): Promise<readonly (Queued & { readonly sent: Sent })[]> {
  const waiting = [...queues].values()
  const results: (Queued & { sent: Sent })[] = []
  let failure: unknown
  const work = async (): Promise<void> => {
    for (const [key, queue] of waiting) {
      if (failure !== undefined) return
      try {
        for (let start = 0; start < queue.length; start += messagesACommand) {
          const part = queue.slice(start, start + messagesACommand)
          const lines = part.map(({ read }) => read)
          const sent = await sendMessages(run, key, await withPins(run, key, lines))
          part.forEach((queued, index) => results.push({ ...queued, sent: sent[index]! }))
        }
      } catch (error) {
        failure ??= error
      }
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  if (failure !== undefined) throw failure
  return results
}

/** An acceptance that names no procedure pins the one that the dossier is about by what else is known of it. */
async function withPins(
  { commands, references }: Run,
  key: string,
  lines: readonly ReadLine[],
): Promise<readonly ReadLine[]> {
  if (!lines.some(pinsNoProcedure)) return lines
  const { state } = await commands.load(dossierWorkflow, key)
  const told = [...state.messages, ...lines.map(({ fact }) => fact)].filter(
    ({ procedure }) => procedure !== undefined,
  )
  const code = (told.find(({ type }) => type === 'Submitted') ?? told[0])?.procedure
  return code === undefined ? lines : Promise.all(lines.map((line) => pinning(line, code, references)))
}

function rejectedBy(
  input: InputLine,
  { source, dossier, fact }: ReadLine,
  problem: BadLine['problem'],
): Rejected {
  return { input, problem, source, dossier, id: fact.id }
}

function refusedUnread({ problem }: BadLine): Sent {
  return { outcome: 'rejected', problem, warnings: [], position: null }
}

export function mayIngest(actor: Actor): boolean {
  return ingestRoles.some((role) => actor.roles.includes(role))
}

function notPermitted(): RoviecError {
  return new RoviecError(
    'forbidden',
    'not-permitted',
    {
      vi: 'Bạn không có quyền gửi thông tin hồ sơ. Người có quyền: hệ thống kết nối, chuyên viên Văn phòng UBND tỉnh.',
      en: `You may not send messages of dossiers. Roles that may: ${ingestRoles.join(', ')}.`,
    },
    { roles: ingestRoles },
  )
}
