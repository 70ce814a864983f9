import type { Moment } from '#calendar'
import type { InputLine } from '../evaluate/bounded-lines.js'
import type { ToldFact } from '../domain/dossier.commands.js'
import type { Pin } from '../domain/dossier.events.js'
import type { DossierMessage } from '../domain/dossier.message.js'
import { momentText } from '../domain/dossier.state.js'
import { hasHappenedBy } from '../domain/moments.js'
import { versionOn } from '../domain/procedure.js'
import { agencyNames } from '../evaluate/agency-names.js'
import { LineInvalid, LineReader } from '../evaluate/line-reader.js'
import { agencyUnknown, lineNotJson, lineTooLong, type Problem } from '../evaluate/line-rejection.js'
import { readMessage } from '../evaluate/read-message.js'
import { objectOf } from '../evaluate/object-of.js'
import * as problems from './ingest-problems.js'
import type { References } from './references.js'
import { toldFact } from './told-fact.js'

/** A line that can be taken. */
export interface ReadLine {
  readonly source: string
  readonly dossier: string
  readonly fact: ToldFact
  /** What was found odd and is recorded all the same. */
  readonly warnings: readonly Problem[]
}

/** A line that cannot, with what of it could be read. */
export interface BadLine {
  readonly problem: Problem
  readonly source: string | null
  readonly id: string | null
  readonly dossier: string | null
}

/**
 * Reads a line and holds it against the references.
 *
 * @param latest what happened later than this has not happened yet.
 */
export async function readLine(
  { text }: InputLine,
  references: References,
  latest: Moment,
): Promise<ReadLine | BadLine> {
  if (text === null) return bad(lineTooLong)
  const members = objectOf(text)
  if (members === null) return bad(lineNotJson)
  try {
    const line = new LineReader(members, references.calendar)
    if (line.oneOf('kind', ['procedure', 'message']) === 'procedure')
      return bad(problems.lineIsProcedure, members)
    const message = readMessage(line)
    const wrong = await problemOf(message, references, latest)
    if (wrong !== null) return bad(wrong, members)
    const { ids, unknown } = agenciesOf(message, references)
    const pinned = await pinOf(message, references)
    return {
      source: message.source,
      dossier: message.dossier,
      fact: {
        ...toldFact(message),
        ...(line.has('recordedAt') && { receivedAt: momentText(message.received) }),
        ...withAgencies(ids, pinned.agencies),
        ...(pinned.pin !== undefined && { pin: pinned.pin }),
      },
      warnings: unknown.map(agencyUnknown),
    }
  } catch (error) {
    if (!(error instanceof LineInvalid)) throw error
    return bad(error.problem, members)
  }
}

async function problemOf(
  { procedure, type, occurredAt, data: { change } }: DossierMessage,
  references: References,
  latest: Moment,
): Promise<Problem | null> {
  if (!hasHappenedBy(occurredAt, latest)) return problems.occurredInFuture('occurredAt')
  if (change !== null && 'occurredAt' in change && !hasHappenedBy(change.occurredAt, latest))
    return problems.occurredInFuture('data.change')
  if (procedure === null) return null
  const found = await references.procedure(procedure)
  if (found === null) return problems.procedureNotOnRecord(procedure)
  if (type !== 'Accepted' || versionOn(found.versions, occurredAt.date) !== null) return null
  return problems.procedureNotInForce(procedure, occurredAt.date)
}

/** What an acceptance fixes for the dossier, or a message that names the procedure of one that named none. */
async function pinOf(
  { type, procedure, occurredAt }: DossierMessage,
  references: References,
): Promise<{ readonly pin?: Pin; readonly agencies: Ids }> {
  const isAcceptance = type === 'Accepted'
  if (procedure === null)
    return isAcceptance
      ? { pin: { calendar: references.calendar.version, procedure: null }, agencies: {} }
      : { agencies: {} }
  const pinned = await references.pin(procedure, occurredAt.date)
  return isAcceptance ? pinned : { pin: pinned.pin, agencies: {} }
}

type Ids = NonNullable<ToldFact['agencies']>

function withAgencies(...ids: readonly Ids[]): Pick<ToldFact, 'agencies'> {
  const agencies = Object.assign({}, ...ids.toReversed()) as Ids
  return Object.keys(agencies).length === 0 ? {} : { agencies }
}

/**
 * The same line where it is an acceptance that names no procedure, with what it pins of the one that other messages
 * have named.
 */
export async function pinning(line: ReadLine, code: string, references: References): Promise<ReadLine> {
  if (!pinsNoProcedure(line)) return line
  const { fact } = line
  const { pin, agencies } = await references.pin(code, fact.occurredAt.slice(0, 10))
  return { ...line, fact: { ...fact, ...withAgencies(fact.agencies ?? {}, agencies), pin: { ...pin, code } } }
}

export function pinsNoProcedure({ fact: { type, pin } }: ReadLine): boolean {
  return type === 'Accepted' && pin?.procedure === null
}

function agenciesOf(
  message: DossierMessage,
  references: References,
): { readonly ids: Ids; readonly unknown: readonly string[] } {
  const names = agencyNames(message)
  const ids = references.agencies(names, message.occurredAt.date)
  return { ids, unknown: names.filter((name) => !Object.hasOwn(ids, name)) }
}

function bad(problem: Problem, members: Readonly<Record<string, unknown>> = {}): BadLine {
  const { source, id, dossier } = members
  return { problem, source: nameOf(source), id: nameOf(id), dossier: nameOf(dossier) }
}

const longestName = 500

function nameOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  const isName = typeof value === 'string' && value !== '' && value.length <= longestName
  return isName && value.isWellFormed() ? value : null
}
