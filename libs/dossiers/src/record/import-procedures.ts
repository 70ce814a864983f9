import type { CommandHandler } from '#engine'
import type { Actor } from '#engine/workflow'
import type { TableFile } from '#documents'
import { newId, RoviecError, type JsonValue, type Text } from '#kernel'
import { procedureWorkflow } from '../domain/procedure.workflow.js'
import { procedureKey } from '../domain/stream-key.js'
import { readProcedures, type ProcedureRow } from '../tables/read-procedures.js'

export interface ProcedureImport {
  /** Of rows that name none themselves. */
  readonly document?: string
  readonly issuedOn?: string
  /** Given, rows that differ from the record are recorded as corrections. */
  readonly reason?: string
  readonly dryRun?: boolean
  /** Told the headings of columns that nobody reads. */
  readonly tellUnread?: (headings: readonly string[]) => void
}

/** `changed`: the record says otherwise, and nothing was written for want of a reason. */
export type ProcedureOutcome = 'added' | 'corrected' | 'unchanged' | 'changed' | 'rejected'

export interface ProcedureRowReport {
  readonly row: number
  readonly code: string
  readonly outcome: ProcedureOutcome
  readonly problem: { readonly code: string; readonly message: Text } | null
}

/**
 * A table of procedures into the record, row by row: a row that is wrong stops none of the others, a row that is on
 * record already adds nothing. A procedure that is changed keeps its former content for the dossiers that pinned it.
 *
 * @throws RoviecError of the table reader, kind `forbidden` for an actor who may not, kind `fault` of the store.
 */
export async function* importProcedures(
  { commands, actor }: { readonly commands: CommandHandler; readonly actor: Actor },
  file: TableFile,
  options: ProcedureImport,
): AsyncGenerator<ProcedureRowReport> {
  const { tellUnread = () => undefined } = options
  for await (const row of readProcedures(file, tellUnread))
    yield await importRow(commands, actor, row, options)
}

async function importRow(
  commands: CommandHandler,
  actor: Actor,
  { row, code, data, problem }: ProcedureRow,
  { document, issuedOn, reason, dryRun = false }: ProcedureImport,
): Promise<ProcedureRowReport> {
  const report = (
    outcome: ProcedureOutcome,
    why: ProcedureRowReport['problem'] = null,
  ): ProcedureRowReport => ({
    row,
    code,
    outcome,
    problem: why,
  })
  if (problem !== null) return report('rejected', problem)
  const command: Record<string, JsonValue> = { ...data }
  if (command['document'] === undefined && document !== undefined) command['document'] = document
  if (command['issuedOn'] === undefined && issuedOn !== undefined) command['issuedOn'] = issuedOn
  if (reason !== undefined) command['reason'] = reason
  try {
    const outcome = await commands.handle({
      id: newId(),
      workflow: procedureWorkflow.name,
      aggregate: procedureKey(code),
      transition: 'SetVersion',
      data: command,
      actor,
      dryRun,
    })
    if (outcome.status !== 'refused') {
      const [event] = outcome.events
      if (event === undefined) return report('unchanged')
      return report(event.type === 'procedure.VersionAdded' ? 'added' : 'corrected')
    }
    const { code: refused, text, details } = outcome.refusal
    if (refused === 'not-permitted') throw new RoviecError('forbidden', refused, text, details)
    const why = { code: refused, message: text }
    return report(refused === 'procedure-version-differs' ? 'changed' : 'rejected', why)
  } catch (error) {
    if (!(error instanceof RoviecError) || error.kind !== 'invalid') throw error
    return report('rejected', { code: error.code, message: error.text })
  }
}
