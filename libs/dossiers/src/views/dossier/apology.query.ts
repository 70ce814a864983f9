import { createHash } from 'node:crypto'
import { localDateOf, parseMoment, type LocalDate } from '#calendar'
import type { Asking, Query } from '#engine'
import type { RecordedEvent } from '#event-store'
import { canonicalJson, notFound, type JsonValue } from '#kernel'
import { assess, type Assessment } from '../../domain/assessment.js'
import { responsibleOf } from '../../domain/accountability.js'
import type { DossierFact } from '../../domain/dossier.events.js'
import { messagesOf } from '../../domain/dossier.state.js'
import { settleMessages } from '../../domain/settle-messages.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { boardProjection } from '../board/board.projection.js'
import { dossierReaders } from '../who-may-read.js'
import { DossierCode } from './dossier.queries.js'
import { loadDossier } from './load-dossier.js'
import { locateDossier } from './locate-dossier.js'

/** What a reader may not see in place of the text: under seal, or erased. */
export interface WithheldText {
  readonly sealed?: true
  readonly erased?: true
  readonly unreadable?: true
}

/** An apology as it stands in the log, with what form 04 says of the dossier. */
export interface ApologyOnRecord {
  readonly source: string
  readonly dossier: string
  readonly procedure: string
  readonly acceptedOn: LocalDate
  /** What the citizen was promised at acceptance. */
  readonly appointment: LocalDate
  /** That apologises. */
  readonly agency: string
  readonly oneStopUnit: string
  /** The day promised anew; null where the letter names none. */
  readonly newDate: LocalDate | null
  readonly issuedOn: LocalDate
  readonly signer: { readonly position: string | null; readonly name: string | WithheldText | null }
  readonly reason: string | WithheldText | null
  readonly recordedAt: string
  readonly eventId: string
  /** SHA-256 of the event's canonical JSON as it is stored, sealed fields sealed. */
  readonly digest: string
}

/** The latest apology of a dossier that no correction has voided. */
export const findApology: Query<DossierCode, ApologyOnRecord> = {
  name: 'dossiers.apology',
  text: { vi: 'Phiếu xin lỗi của hồ sơ', en: 'Apology of a dossier' },
  input: DossierCode,
  roles: dossierReaders,
  view: boardProjection,
  async answer({ params, actor, database, store }: Asking<DossierCode>): Promise<ApologyOnRecord> {
    const key = await locateDossier(database, params)
    const { state, events } = await loadDossier(store, key, params.code, actor)
    const messages = messagesOf(state)
    const rulebook = await rulebooksOf(store).of(state, messages)
    const settled = settleMessages(messages).events
    const last = settled.findLast(({ type }) => type === 'ApologyIssued')
    const recorded = events.find(({ data }) => (data as unknown as DossierFact).id === last?.id)
    if (last === undefined || recorded === undefined) throw noApology(params.code)
    const assessment = assess(rulebook, settled, { date: last.occurredAt.date, time: null })
    if (assessment?.clock.first == null) throw noAppointment(params.code)
    return apologyOf(recorded, assessment)
  },
}

function apologyOf(recorded: RecordedEvent, assessment: Assessment): ApologyOnRecord {
  const { source, dossier, occurredAt, newDate, signer, reason } = recorded.data as unknown as DossierFact
  const { procedure, life, clock, events, steps } = assessment
  const { causing, oneStop } = responsibleOf(events, life, steps)
  return {
    source,
    dossier,
    procedure: procedure.name ?? procedure.code,
    acceptedOn: life.accepted!.occurredAt.date,
    appointment: clock.first!.date,
    agency: signer?.agency ?? causing ?? oneStop ?? source,
    oneStopUnit: oneStop ?? 'Bộ phận Một cửa',
    newDate: newDate ?? null,
    issuedOn: parseMoment(occurredAt).date,
    signer: { position: signer?.position ?? null, name: signer?.name ?? null },
    reason: reason ?? null,
    recordedAt: recorded.recordedAt.toISOString(),
    eventId: recorded.id,
    digest: digestOf(recorded),
  }
}

function digestOf({ stream, revision, id, type, data, metadata, recordedAt }: RecordedEvent): string {
  const [number, at] = [String(revision), recordedAt.toISOString()]
  const stored = { stream, revision: number, id, type, data, metadata, recordedAt: at }
  return createHash('sha256')
    .update(canonicalJson(stored as unknown as JsonValue))
    .digest('hex')
}

/** The day for the name of a file. */
export function apologyFileName({ dossier, recordedAt }: ApologyOnRecord): string {
  const code = dossier.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  return `phieu-xin-loi-${code}-${localDateOf(recordedAt)}.docx`
}

function noApology(code: string): Error {
  return notFound(
    'apology-missing',
    {
      vi: `Hồ sơ “${code}” chưa có văn bản xin lỗi. Ghi nhận văn bản xin lỗi trước.`,
      en: `Dossier ${code} has no apology on record. Issue it first.`,
    },
    { code },
  )
}

function noAppointment(code: string): Error {
  return notFound(
    'appointment-missing',
    {
      vi: `Hồ sơ “${code}” chưa có ngày hẹn trả kết quả, hoặc chưa ghi thủ tục của hồ sơ. Bổ sung thông tin tiếp nhận.`,
      en: `Dossier ${code} has no day of appointment, or its procedure is not on record. Report its acceptance.`,
    },
    { code },
  )
}
