import 'reflect-metadata'
import { IsOptional, IsString, MaxLength } from 'class-validator'
import type { Asking, EventMetadata, Query } from '#engine'
import { daysBetween, IsLocalDate, localDateOf, parseMoment, type Moment } from '#calendar'
import { availableTransitions, type AvailableTransition } from '#engine/workflow'
import { notFound, type Text } from '#kernel'
import type { DossierFact } from '../../domain/dossier.events.js'
import { messagesOf } from '../../domain/dossier.state.js'
import { dossierWorkflow } from '../../domain/dossier.workflow.js'
import { happenedBy } from '../../domain/moments.js'
import {
  evaluatedDossier,
  evaluateMessages,
  type EvaluatedDossier,
  type Evaluation,
  type EvaluationCut,
} from '../../evaluate/evaluate-one.js'
import { rulebooksOf } from '../../record/rulebooks.js'
import { boardProjection } from '../board/board.projection.js'
import { dossierReaders } from '../who-may-read.js'
import { loadDossier, type LoadedDossier } from './load-dossier.js'
import { locateDossier } from './locate-dossier.js'

export class DossierCode {
  @IsString() @MaxLength(500) code!: string
  /** Needed only where two sources use the code. */
  @IsOptional() @IsString() @MaxLength(500) source?: string
}

export class DossierAsOf extends DossierCode {
  /** What had happened by then: a day (its end) or an instant. Default: the end of the period, `knownAt`, or now. */
  @IsOptional() @IsString() @MaxLength(40) asOf?: string
  /** What had been received by then; default: everything. */
  @IsOptional() @IsString() @MaxLength(40) knownAt?: string
  /** First and last day of the period that the formulas are shown for. */
  @IsOptional() @IsLocalDate() from?: string
  @IsOptional() @IsLocalDate() to?: string
}

/** A dossier as `roviec dossiers evaluate` tells it of the same messages. */
export const findDossier: Query<DossierAsOf, EvaluatedDossier> = {
  name: 'dossiers.dossier',
  text: { vi: 'Chi tiết hồ sơ', en: 'Dossier' },
  input: DossierAsOf,
  roles: dossierReaders,
  view: boardProjection,
  async answer(asking: Asking<DossierAsOf>): Promise<EvaluatedDossier> {
    const loaded = await load(asking)
    const { rulebook, evaluation, cut } = await evaluated(asking, loaded)
    const shown = evaluatedDossier(rulebook, evaluation, cut)
    if (shown === null) throw nothingToShow(asking.params.code, evaluation)
    return shown
  },
}

async function load({ params, actor, database, store }: Asking<DossierCode>): Promise<LoadedDossier> {
  const key = await locateDossier(database, params)
  return loadDossier(store, key, params.code, actor)
}

async function evaluated(
  { params, store, now }: Asking<DossierAsOf>,
  { state }: LoadedDossier,
): Promise<{
  readonly rulebook: Awaited<ReturnType<ReturnType<typeof rulebooksOf>['of']>>
  readonly evaluation: Evaluation
  readonly cut: EvaluationCut
}> {
  const cut = cutOf(params, now)
  const messages = messagesOf(state)
  const known = messages.filter(({ received }) => cut.knownAt === null || happenedBy(received, cut.knownAt))
  const rulebook = await rulebooksOf(store).of(state, known)
  return { rulebook, evaluation: evaluateMessages(rulebook, messages, cut), cut }
}

function cutOf({ asOf, knownAt, from, to }: DossierAsOf, now: string): EvaluationCut {
  const known = knownAt === undefined ? null : parseMoment(knownAt)
  const end = to === undefined ? null : ({ date: to, time: null } satisfies Moment)
  const moment = asOf === undefined ? (end ?? known ?? parseMoment(now)) : parseMoment(asOf)
  return { asOf: moment, knownAt: known, period: { from: from ?? '0001-01-01', to: to ?? moment.date } }
}

/** Nothing had happened by then, or it cannot be judged yet: the first reason that the messages give. */
function nothingToShow(code: string, { rejected: [first] }: Evaluation): Error {
  const why = first?.text ?? {
    vi: 'Đến thời điểm này hồ sơ chưa có thông tin.',
    en: 'Nothing is known of it as of then.',
  }
  return notFound(
    first?.code ?? 'dossier-not-yet',
    { vi: `Hồ sơ “${code}”: ${why.vi}`, en: `Dossier ${code}: ${why.en}` },
    { code },
  )
}

export interface DossierHistoryEntry {
  /** What a correction names. */
  readonly id: string
  readonly position: string
  readonly revision: string
  readonly type: string
  readonly occurredAt: string
  readonly recordedAtSource: string | null
  readonly receivedAt: string
  /** Calendar days in Vietnam from what happened to its receipt here. */
  readonly backdatedDays: number
  readonly actor: string
  readonly agency: string | null
  readonly corrects: string | null
  readonly change: DossierFact['change'] | null
  /** Why it does not count; null where it does. */
  readonly setAside: { readonly code: string; readonly message: Text } | null
}

/** Every fact of a dossier in order of receipt: who told it, when it happened, whether it counts. */
export const dossierHistory: Query<DossierCode, readonly DossierHistoryEntry[]> = {
  name: 'dossiers.history',
  text: { vi: 'Lịch sử hồ sơ', en: 'Dossier history' },
  input: DossierCode,
  roles: dossierReaders,
  view: boardProjection,
  async answer(asking: Asking<DossierCode>): Promise<readonly DossierHistoryEntry[]> {
    const loaded = await load(asking)
    const { evaluation } = await evaluated(asking, loaded)
    const aside = new Map(
      evaluation.rejected.map(({ message, code, text }) => [message.id, { code, message: text }]),
    )
    return loaded.events.map((event) => {
      const metadata = event.metadata as unknown as EventMetadata
      const fact = event.data as unknown as DossierFact
      return {
        id: fact.id,
        position: String(event.position),
        revision: String(event.revision),
        type: event.type,
        occurredAt: fact.occurredAt,
        recordedAtSource: fact.recordedAtSource ?? null,
        receivedAt: fact.receivedAt,
        backdatedDays: Math.max(0, daysBetween(fact.occurredAt.slice(0, 10), localDateOf(fact.receivedAt))),
        actor: metadata.actor,
        agency: fact.agency ?? null,
        corrects: fact.corrects ?? null,
        change: fact.change ?? null,
        setAside: aside.get(fact.id) ?? null,
      }
    })
  },
}

/** What this actor may do with the dossier now, and why not the rest. */
export const dossierTransitions: Query<DossierCode, readonly AvailableTransition[]> = {
  name: 'dossiers.transitions',
  text: { vi: 'Thao tác có thể thực hiện', en: 'Available transitions' },
  input: DossierCode,
  roles: dossierReaders,
  view: boardProjection,
  async answer(asking: Asking<DossierCode>): Promise<readonly AvailableTransition[]> {
    const { state } = await load(asking)
    return availableTransitions(dossierWorkflow, state, asking.actor)
  },
}

export interface DossierTarget {
  readonly key: string
}

/** The aggregate that a code means, for whoever wants to act on it. */
export const locate: Query<DossierCode, DossierTarget> = {
  name: 'dossiers.locate',
  forCommand: true,
  text: { vi: 'Tìm hồ sơ theo mã', en: 'Dossier by its code' },
  input: DossierCode,
  roles: dossierReaders,
  view: boardProjection,
  answer: async ({ params, database }: Asking<DossierCode>): Promise<DossierTarget> => ({
    key: await locateDossier(database, params),
  }),
}
