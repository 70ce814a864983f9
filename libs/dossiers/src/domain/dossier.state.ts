import { formatInstant, parseMoment, type Moment } from '#calendar'
import { canonicalJson } from '#kernel'
import type { DossierFact, Pin } from './dossier.events.js'
import type { DossierMessage, DossierMessageType, Person } from './dossier.message.js'

export type DossierStatus = 'absent' | 'open' | 'closed'

/** Who a person is but for the name. */
export type Office = Omit<Person, 'name'>

/** A fact as the dossier remembers it: all that verdicts rest on, and nothing personal. */
export interface KnownMessage extends Omit<
  DossierFact,
  'source' | 'dossier' | 'signer' | 'by' | 'reason' | 'agencies' | 'pin' | 'own'
> {
  readonly type: DossierMessageType
  readonly signer?: Office
  readonly by?: Office
  readonly pin?: Pin
  /** Of an act recorded here: who did it. */
  readonly actor?: string
}

export interface DossierState {
  readonly status: DossierStatus
  readonly source: string
  readonly code: string
  /** In order of receipt. */
  readonly messages: readonly KnownMessage[]
  /** Ids of the agencies concerned, by their names as written. */
  readonly agencies: Readonly<Record<string, string>>
}

export const absent: DossierState = { status: 'absent', source: '', code: '', messages: [], agencies: {} }

/** The form in which the evaluation takes messages. Names and reasons decide nothing and are not there. */
export function messagesOf({ source, code, messages }: DossierState): DossierMessage[] {
  return messages.map((known) => messageOf(source, code, known))
}

function messageOf(source: string, dossier: string, known: KnownMessage): DossierMessage {
  const { change } = known
  return {
    source,
    dossier,
    id: known.id,
    type: known.type,
    occurredAt: parseMoment(known.occurredAt),
    recordedAtSource: known.recordedAtSource === undefined ? null : parseMoment(known.recordedAtSource),
    received: parseMoment(known.receivedAt),
    procedure: known.procedure ?? null,
    agency: known.agency ?? null,
    channel: known.channel ?? null,
    step: known.step ?? null,
    apologyRule: known.apologyRule ?? null,
    delayCausedBy: known.delayCausedBy ?? null,
    data: {
      appointment: known.appointment ?? null,
      newDate: known.newDate ?? null,
      signer: personOf(known.signer),
      by: personOf(known.by),
      reason: null,
      corrects: known.corrects ?? null,
      change:
        change === undefined || 'void' in change
          ? (change ?? null)
          : { occurredAt: parseMoment(change.occurredAt) },
      due: known.due ?? null,
    },
  }
}

function personOf(office: Office | undefined): Person | null {
  return office === undefined ? null : { ...office, name: null }
}

/** As written into a fact. */
export function momentText({ date, time }: Moment): string {
  return time === null ? date : formatInstant(date, time)
}

/**
 * Whether two facts of one id say the same. When each was received or written down is not what they say; nor are
 * names and reasons, which are sealed and cannot be compared: the first stands.
 */
export function saysTheSame(a: KnownMessage, b: KnownMessage): boolean {
  return contentOf(a) === contentOf(b)
}

function contentOf({
  receivedAt: _r,
  recordedAtSource: _s,
  pin: _p,
  actor: _a,
  ...content
}: KnownMessage): string {
  return canonicalJson(content)
}

/** What of a fact is remembered. */
export function known(type: DossierMessageType, fact: DossierFact, actor: string): KnownMessage {
  const { source: _s, dossier: _d, reason: _r, agencies: _a, own, signer, by, ...rest } = fact
  return {
    type,
    ...rest,
    ...(signer !== undefined && { signer: officeOf(signer) }),
    ...(by !== undefined && { by: officeOf(by) }),
    ...(own === true && { actor }),
  }
}

function officeOf({ agency, position }: Person): Office {
  return { agency, position }
}
