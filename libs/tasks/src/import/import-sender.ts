import { CommandIdTaken } from '#engine'
import { refuse, type JsonValue, type Refusal } from '#kernel'
import type { ImportDependencies } from './import-request.js'

/** The facts were entered before, by hand or under another command: the record has them. */
const alreadyThere: ReadonlySet<string> = new Set([
  'Assign transition-not-allowed',
  'Issue document-already-recorded',
  'Complete already-completed',
  'RecordImport import-already-recorded',
])

/**
 * Their ids name a fact, not its words: one that is taken means that the fact is on record, as an older grammar or
 * another clerk has entered it, and the comparison tells what differs. The id of any other command names a place in the
 * record: taken means that somebody else was writing there at the same time.
 */
const namedByFact: ReadonlySet<string> = new Set(['RegisterPlan', 'Assign', 'Issue', 'Complete'])

/** Sends the commands of one import in the name of its actor and counts what is new in the record. */
export class ImportSender {
  #recorded = 0

  constructor(
    private readonly dependencies: Pick<ImportDependencies, 'commands' | 'actor'>,
    private readonly correlationId: string,
  ) {}

  get recorded(): number {
    return this.#recorded
  }

  /** Null when the fact is in the record now, by this run or an earlier one; else why it was refused. */
  async send(
    workflow: 'plan' | 'task',
    aggregate: string,
    transition: string,
    id: string,
    data: JsonValue,
    occurredAt?: string,
  ): Promise<Refusal | null> {
    const { commands, actor } = this.dependencies
    const { correlationId } = this
    const when = occurredAt === undefined ? {} : { occurredAt }
    try {
      const outcome = await commands.handle({
        id,
        workflow,
        aggregate,
        transition,
        data,
        actor,
        correlationId,
        ...when,
      })
      if (outcome.status === 'accepted') this.#recorded++
      if (outcome.status !== 'refused') return null
      return alreadyThere.has(`${transition} ${outcome.refusal.code}`) ? null : outcome.refusal
    } catch (error) {
      if (!(error instanceof CommandIdTaken)) throw error
      return namedByFact.has(transition) ? null : refuse(error.code, error.text, error.details)
    }
  }
}
