import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator'
import { invalid, notFound } from '#kernel'
import { advance, emptyAggregate } from '../commanding/aggregate.js'
import type { EventMetadata } from '../commanding/command.js'
import { selectLeaderships } from '../leading/leadership.sql.js'
import type { Asking, Query } from '../querying/query.js'
import { processProjection } from './process.projection.js'
import type { ProcessCommand } from './process.js'
import type { EventRef } from './process.events.js'
import { leadOf } from './process-runner.js'
import { countInstances, selectIncidents, selectInstances } from './process.sql.js'
import type { Incident, ProcessState } from './process.state.js'
import { processWorkflow } from './process.workflow.js'

const roles = ['operator', 'auditor', 'inspectorate'] as const

export class ListProcesses {
  @IsOptional() @IsString() @MaxLength(40) process?: string
  @IsOptional() @IsIn(['new', 'running', 'held', 'ended']) status?: ProcessState['status']
  /** Of the page before. */
  @IsOptional() @IsString() @MaxLength(200) cursor?: string
  @IsOptional() @IsInt() @Min(1) @Max(1_000) limit?: number
}

export interface InstanceListed {
  readonly process: string
  readonly instance: string
  readonly status: ProcessState['status']
  /** Of the code that reacted last. */
  readonly version: number
  readonly reactions: number
  /** Commands not delivered yet. */
  readonly unsent: number
  /** Events behind the one that held it, itself included. */
  readonly waiting: number
  /** Open ones. */
  readonly incidents: number
  readonly updatedAt: string
}

export interface ProcessSummary {
  readonly process: string
  readonly instances: number
  readonly running: number
  readonly held: number
  readonly ended: number
  readonly incidents: number
  /** How far the log has been reacted to. */
  readonly position: string
  /** Whether some worker leads it now. */
  readonly led: boolean
}

export interface ProcessPage {
  readonly processes: readonly ProcessSummary[]
  readonly items: readonly InstanceListed[]
  /** The cursor of the next page; null on the last. */
  readonly next: string | null
}

/** The processes in numbers, and their instances. */
export const listProcesses: Query<ListProcesses, ProcessPage> = {
  name: 'engine.processes',
  text: { vi: 'Danh sách quy trình tự động', en: 'Processes' },
  input: ListProcesses,
  roles,
  view: processProjection,
  async answer({ params, database }: Asking<ListProcesses>): Promise<ProcessPage> {
    const { process = null, status = null, limit = 100 } = params
    const [after, instance] = placeOf(params.cursor)
    const listed = await database.query<InstanceListed & { updatedAt: Date } & Record<string, unknown>>(
      selectInstances,
      [process, status, after, instance, limit + 1],
    )
    const items = listed.rows
      .slice(0, limit)
      .map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }))
    const last = items.at(-1)
    const next = listed.rows.length > limit && last !== undefined ? `${last.process}:${last.instance}` : null
    return { processes: await summaries(database), items, next }
  },
}

async function summaries(database: Asking<unknown>['database']): Promise<readonly ProcessSummary[]> {
  type Counted = Omit<ProcessSummary, 'position' | 'led'> & Record<string, unknown>
  const [counted, leads] = await Promise.all([
    database.query<Counted>(countInstances),
    database.query<{ name: string; position: string; led: boolean }>(selectLeaderships, [leadOf('%')]),
  ])
  const none = { instances: 0, running: 0, held: 0, ended: 0, incidents: 0 }
  const byLead = new Map(leads.rows.map(({ name, position, led }) => [name, { position, led }]))
  const counts = new Map(counted.rows.map((row) => [leadOf(row.process), row]))
  return [...new Set([...byLead.keys(), ...counts.keys()])].toSorted().map((lead) => ({
    process: lead.slice(leadOf('').length),
    ...(counts.get(lead) ?? none),
    ...(byLead.get(lead) ?? { position: '0', led: false }),
  }))
}

function placeOf(cursor: string | undefined): readonly [string | null, string | null] {
  if (cursor === undefined) return [null, null]
  const colon = cursor.indexOf(':')
  if (colon > 0) return [cursor.slice(0, colon), cursor.slice(colon + 1)]
  throw invalid('cursor-invalid', {
    vi: 'Dấu trang không hợp lệ. Mở lại từ trang đầu.',
    en: 'The cursor is not valid. Start again from the first page.',
  })
}

export class ProcessAsked {
  /** `<process>:<instance>`. */
  @IsString() @IsNotEmpty() @MaxLength(120) id!: string
}

export interface ProcessShown {
  readonly id: string
  readonly state: ProcessState
  /** Oldest first. */
  readonly history: readonly {
    readonly id: string
    readonly type: string
    readonly data: unknown
    readonly actor: string
    readonly recordedAt: string
  }[]
}

/** One instance, by its own stream: what it took in, what it sent, what went wrong. */
export const findProcess: Query<ProcessAsked, ProcessShown> = {
  name: 'engine.process',
  text: { vi: 'Một quy trình tự động', en: 'One instance of a process' },
  input: ProcessAsked,
  roles,
  view: null,
  async answer({ params: { id }, store }: Asking<ProcessAsked>): Promise<ProcessShown> {
    const events = await store.readStream(`${processWorkflow.name}-${id}`)
    if (events.length === 0) throw unknown(id)
    const { state } = advance(processWorkflow, emptyAggregate(processWorkflow), events)
    const history = events.map((event) => {
      const { actor, schema } = event.metadata as unknown as EventMetadata
      const data = processWorkflow.upcast(event.type, event.data, schema)
      return { id: event.id, type: event.type, data, actor, recordedAt: event.recordedAt.toISOString() }
    })
    return { id, state, history }
  },
}

function unknown(id: string): Error {
  return notFound(
    'process-unknown',
    {
      vi: `Không có quy trình tự động “${id}”. Xem danh sách: roviec processes list.`,
      en: `There is no instance ${id}. List them: roviec processes list.`,
    },
    { id },
  )
}

export class ListIncidents {
  @IsOptional() @IsString() @MaxLength(40) process?: string
  @IsOptional() @IsInt() @Min(1) @Max(1_000) limit?: number
}

export interface IncidentListed extends Pick<Incident, 'id' | 'kind' | 'code' | 'message' | 'at'> {
  readonly process: string
  readonly instance: string
  /** The event that could not be taken. */
  readonly event: EventRef | null
  /** The command that was refused, or could not even be decided. */
  readonly command: (ProcessCommand & { readonly event: string; readonly index: number }) | null
}

/** What went wrong in processes and waits for an operator; the latest first. */
export const findIncidents: Query<ListIncidents, readonly IncidentListed[]> = {
  name: 'engine.incidents',
  text: { vi: 'Sự cố của quy trình tự động', en: 'Open incidents of processes' },
  input: ListIncidents,
  roles,
  view: processProjection,
  async answer({ params, database }: Asking<ListIncidents>): Promise<readonly IncidentListed[]> {
    const { process = null, limit = 100 } = params
    const { rows } = await database.query<IncidentListed & { at: Date } & Record<string, unknown>>(
      selectIncidents,
      [process, limit],
    )
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  },
}
