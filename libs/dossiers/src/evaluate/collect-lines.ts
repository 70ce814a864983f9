import { canonicalJson, type JsonValue } from '#kernel'
import type { DossierMessage } from '../domain/dossier.message.js'
import { compareMoments } from '../domain/moments.js'
import type { ProcedureVersion } from '../domain/procedure.js'
import { agencyNames, type ResolveAgency } from './agency-names.js'
import type { InputLine } from './bounded-lines.js'
import { LineInvalid, LineReader, type Years } from './line-reader.js'
import {
  agencyUnknown,
  lineNotJson,
  lineTooLong,
  messageIdReused,
  procedureRepeated,
  type Problem,
  type RejectedLine,
} from './line-rejection.js'
import { objectOf } from './object-of.js'
import { readMessage } from './read-message.js'
import { readProcedure } from './read-procedure.js'

/** A message and the line it stood on. */
export interface Delivery {
  readonly line: number
  readonly message: DossierMessage
}

/** Lines read and sorted out; each message once. */
export class CollectedLines {
  readonly procedures = new Map<string, ProcedureVersion[]>()
  readonly rejected: RejectedLine[] = []
  readonly #unknownAgencies = new Map<string, number>()
  /** By day and name: exports name few agencies over and over. */
  readonly #knownAgencies = new Set<string>()
  /** By source, dossier and id, the delivery that stands so far. */
  readonly #deliveries = new Map<string, Delivery>()
  /** Of ids that came with differing lines, those that do not stand. */
  readonly #others = new Map<string, Delivery[]>()

  constructor(
    private readonly years: Years,
    private readonly resolveAgency: ResolveAgency,
  ) {}

  /** Names that the registry does not know, each at the first line that has it: such a line is taken all the same. */
  get warnings(): RejectedLine[] {
    return [...this.#unknownAgencies].map(([name, line]) => ({ line, ...agencyUnknown(name) }))
  }

  take({ number, text }: InputLine): void {
    if (text === null) return this.#reject(number, lineTooLong)
    if (text.trim() === '') return
    const members = objectOf(text)
    if (members === null) return this.#reject(number, lineNotJson)
    try {
      const line = new LineReader(members, this.years)
      const kind = line.oneOf('kind', ['procedure', 'message'])
      if (kind === 'procedure') this.#takeProcedure(number, readProcedure(line))
      else this.#takeMessage({ line: number, message: this.#lookedUp(number, readMessage(line)) })
    } catch (error) {
      if (!(error instanceof LineInvalid)) throw error
      this.#reject(number, error.problem)
    }
  }

  /** By source and dossier, in the order of both; once all lines are taken. */
  byDossier(): Delivery[][] {
    this.#rejectReusedIds()
    const dossiers = new Map<string, Delivery[]>()
    for (const delivery of this.#deliveries.values()) {
      const { source, dossier } = delivery.message
      const key = keyOf(source, dossier)
      const group = dossiers.get(key)
      if (group === undefined) dossiers.set(key, [delivery])
      else group.push(delivery)
    }
    const keys = [...dossiers.keys()].sort()
    return keys.map((key) => dossiers.get(key)!)
  }

  #lookedUp(line: number, message: DossierMessage): DossierMessage {
    for (const name of agencyNames(message)) {
      const { date } = message.occurredAt
      const key = `${date} ${name}`
      if (this.#knownAgencies.has(key) || this.#unknownAgencies.has(name)) continue
      if (this.resolveAgency(name, date) === null) this.#unknownAgencies.set(name, line)
      else this.#knownAgencies.add(key)
    }
    return message
  }

  #takeProcedure(number: number, version: ProcedureVersion): void {
    const versions = this.procedures.get(version.code) ?? []
    const known = versions.find(({ validFrom }) => validFrom === version.validFrom)
    if (known === undefined) this.procedures.set(version.code, [...versions, version])
    else if (contentOf(known) !== contentOf(version)) this.#reject(number, procedureRepeated)
  }

  /** Of several deliveries of one id the one received first stands; at equal times the lesser text, in any order. */
  #takeMessage(delivery: Delivery): void {
    const { source, dossier, id } = delivery.message
    const key = keyOf(source, dossier, id)
    const known = this.#deliveries.get(key)
    if (known === undefined) {
      this.#deliveries.set(key, delivery)
      return
    }
    const [text, knownText] = [contentOf(delivery.message), contentOf(known.message)]
    if (text === knownText) return
    const order = compareMoments(delivery.message.received, known.message.received)
    const stands = order < 0 || (order === 0 && text < knownText)
    if (stands) this.#deliveries.set(key, delivery)
    this.#others.set(key, [...(this.#others.get(key) ?? []), stands ? known : delivery])
  }

  /** Judged against what stands in the end, so that the order of the lines decides nothing. */
  #rejectReusedIds(): void {
    for (const [key, others] of this.#others) {
      const standing = contentOf(withoutReceipt(this.#deliveries.get(key)!))
      for (const other of others)
        if (contentOf(withoutReceipt(other)) !== standing) this.#reject(other.line, messageIdReused)
    }
    this.#others.clear()
  }

  #reject(line: number, { code, message }: Problem): void {
    this.rejected.push({ line, code, message })
  }
}

function withoutReceipt({ message }: Delivery): object {
  return { ...message, received: null, recordedAtSource: null }
}

function contentOf(value: object): string {
  return canonicalJson(value as JsonValue)
}

/** No name holds a line break that JSON has not escaped, but any text is possible: lengths keep keys apart. */
function keyOf(...names: readonly string[]): string {
  return [...names, ...names.slice(1).map(({ length }) => length)].join('\n')
}
