import { Inject, Injectable } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Command, Outcome } from '#engine'
import { WorkflowCommand } from '#engine/nest'
import type { Stateful, Workflow } from '#engine/workflow'
import { invalid, RoviecError, type JsonValue } from '#kernel'
import { refused, type Platform } from '#platform'
import { correlationFromTrace, tellIds } from '../tracing/request-span.js'
import type { SignedRequest } from './access.guard.js'
import { platformToken } from './platform.token.js'

/** What a body may say about a command beside its data. */
export interface TransitionBody {
  readonly data?: JsonValue
  readonly occurredAt?: string
  readonly causationId?: string
  readonly correlationId?: string
}

export interface CommandAnswer {
  readonly status: 'accepted' | 'repeated' | 'planned'
  readonly revision: string | null
  readonly position: string | null
  readonly events: readonly { readonly type: string; readonly data: object }[]
  readonly state: Stateful
}

/** From a request to a command and back. The header `Idempotency-Key` is the command's id, `If-Match` the revision seen. */
@Injectable()
export class CommandingService {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(platformToken) private readonly platform: Platform,
  ) {}

  /** @param dryRun what the address says of it, as it came */
  async send(
    workflow: Workflow,
    target: Pick<Command, 'aggregate' | 'transition'>,
    body: TransitionBody | undefined,
    dryRun: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const actor = (request as SignedRequest).actor!
    const { id, correlationId, ...command } = await this.prepare(workflow, target, request, () =>
      commandOf(body, dryRun, request),
    )
    tellIds(request, { commandId: id, correlationId })
    const outcome = await this.bus.execute(
      new WorkflowCommand({ ...target, ...command, workflow: workflow.name, id, correlationId, actor }),
    )
    if (outcome.status === 'refused') throw refused(outcome, workflow, target)
    void reply.header('roviec-correlation', correlationId)
    const { events, state } = outcome
    return answer({ ...outcome, ...(await this.platform.personal.open({ events, state }, actor)) }, reply)
  }

  /** Does what comes before a command; where that fails it is an attempt as a refused command is. */
  async prepare<Result>(
    { name: workflow }: Workflow,
    target: Pick<Command, 'aggregate' | 'transition'>,
    request: FastifyRequest,
    work: () => Result | Promise<Result>,
  ): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof RoviecError && error.kind !== 'fault') {
        const id = String(request.headers['idempotency-key'] ?? '')
        const { actor } = request as SignedRequest
        this.platform.attempts.refused({ ...target, workflow, id, actor: actor! }, error.code, null)
      }
      throw error
    }
  }
}

function commandOf(
  body: unknown,
  dryRun: unknown,
  request: FastifyRequest,
): Omit<Command, 'workflow' | 'aggregate' | 'transition' | 'actor' | 'correlationId'> & {
  readonly correlationId: string
} {
  const { data = {}, ...about } = checkBody(body)
  const revision = ifMatch(request)
  const id = idempotencyKey(request)
  return {
    ...about,
    data,
    id,
    correlationId: about.correlationId ?? correlationFromTrace(request) ?? id,
    dryRun: isDryRun(dryRun),
    ...(revision !== undefined && { expectedRevision: revision }),
  }
}

function answer(outcome: Exclude<Outcome, { status: 'refused' }>, reply: FastifyReply): CommandAnswer {
  const { status, events, state, revision, position } = outcome
  if (revision !== null) void reply.header('etag', `"${revision}"`)
  if (position !== null) void reply.header('roviec-position', String(position))
  return {
    status,
    revision: revision === null ? null : String(revision),
    position: position === null ? null : String(position),
    events,
    state,
  }
}

const bodyMembers = new Set(['data', 'occurredAt', 'causationId', 'correlationId'])

function checkBody(body: unknown): TransitionBody {
  const candidate = body ?? {}
  const sound =
    typeof candidate === 'object' &&
    !Array.isArray(candidate) &&
    Object.entries(candidate).every(
      ([key, value]) => bodyMembers.has(key) && (key === 'data' || typeof value === 'string'),
    )
  if (sound) return candidate as TransitionBody
  throw invalid('body-invalid', {
    vi: 'Nội dung phải có dạng {"data": {…}, "occurredAt": "2025-01-31T08:00:00+07:00"}; occurredAt có thể bỏ trống.',
    en: 'The body must look like {"data": {…}, "occurredAt": "2025-01-31T08:00:00+07:00"}; occurredAt may be left out.',
  })
}

/** A wish that is not understood must not become an entry in the record. */
function isDryRun(wish: unknown): boolean {
  if (wish === undefined || wish === 'false') return false
  if (wish === 'true' || wish === '') return true
  throw invalid('dry-run-invalid', {
    vi: 'Giá trị của dryRun phải là true hoặc false. Chưa có gì được ghi.',
    en: 'dryRun must be true or false. Nothing was recorded.',
  })
}

function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key === 'string' && key !== '') return key
  throw invalid('idempotency-key-missing', {
    vi: 'Thiếu tiêu đề Idempotency-Key: một UUID do bên gửi tự đặt, gửi lại thì giữ nguyên.',
    en: 'The header Idempotency-Key is missing: a UUID of your choice, the same one when you repeat the request.',
  })
}

function ifMatch(request: FastifyRequest): bigint | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return undefined
  const match = /^(?:W\/)?"(\d{1,18})"$/.exec(header)
  if (match !== null) return BigInt(match[1]!)
  throw invalid('if-match-invalid', {
    vi: 'Tiêu đề If-Match phải là ETag đã nhận, ví dụ "3".',
    en: 'The header If-Match must be an ETag as answered, such as "3".',
  })
}
