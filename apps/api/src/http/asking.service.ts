import { Inject, Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ViewQuery } from '#engine/nest'
import type { Query } from '#engine'
import { invalid } from '#kernel'
import type { SignedRequest } from './access.guard.js'

/** From a request to a query and back: the reader's own write is waited for, the answer says what it reflects. */
@Injectable()
export class AskingService {
  constructor(@Inject(QueryBus) private readonly bus: QueryBus) {}

  async ask<Params, Answer>(
    query: Query<Params, Answer>,
    params: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Answer> {
    const { actor } = request as SignedRequest
    assertText(params)
    const asked = new ViewQuery(query, params, actor!, atLeast(request))
    const { answer, position, reflects, parked } = await this.bus.execute(asked)
    void reply.header('roviec-position', String(position))
    if (reflects !== null) void reply.header('roviec-reflects', reflects)
    void reply.header('roviec-parked', String(parked))
    return answer
  }
}

function atLeast(request: FastifyRequest): bigint {
  const header = request.headers['roviec-at-least']
  if (header === undefined) return 0n
  if (typeof header === 'string' && /^\d{1,18}$/.test(header)) return BigInt(header)
  throw invalid('at-least-invalid', {
    vi: 'Tiêu đề Roviec-At-Least phải là vị trí nhận được khi ghi, ví dụ 1024.',
    en: 'The header Roviec-At-Least must be a position as answered by a command, such as 1024.',
  })
}

/** What PostgreSQL cannot hold, nobody can look for. */
function assertText(params: unknown): void {
  if (!JSON.stringify(params).includes(String.raw`\u0000`)) return
  throw invalid('text-invalid', {
    vi: 'Tham số chứa ký tự điều khiển (mã 0). Bỏ ký tự đó rồi gửi lại.',
    en: 'A parameter contains the control character NUL. Leave it out.',
  })
}
