import { Readable } from 'node:stream'
import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RoviecError } from '#kernel'
import type { Platform } from '#platform'
import { findBoard } from '#tasks'
import type { Actor } from '#engine/workflow'
import { gateToken } from '../edge/edge.token.js'
import type { Gate } from '../edge/gate.js'
import { Asks } from '../http/access.js'
import { platformToken } from '../http/platform.token.js'
import { SignedIn } from '../http/signed-in.decorator.js'
import { parameterExamples } from '../openapi/examples.js'
import { changeFeed, lastSeen } from './change-feed.js'

/** Each follower holds a subscription; more than this and the process would serve little else. */
const maxFollowers = 200

@ApiTags('stream')
@Controller('stream')
export class StreamController {
  #followers = 0

  constructor(
    @Inject(platformToken) private readonly platform: Platform,
    @Inject(gateToken) private readonly gate: Gate,
  ) {}

  @Get()
  @Asks(findBoard)
  @ApiOperation({ summary: 'Changes of tasks as they happen (Server-Sent Events)' })
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Position of the last event seen; default: only what is new',
    schema: { type: 'string', example: parameterExamples['lastEventId'] },
  })
  async follow(
    @SignedIn() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.#followers >= maxFollowers) throw tooMany()
    const from = await lastSeen(request, this.platform.store)
    const gone = new AbortController()
    const ends = AbortSignal.any([gone.signal, this.gate.stopping])
    this.#followers++
    request.raw.once('close', () => {
      this.#followers--
      gone.abort()
    })
    await reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(changeFeed(this.platform, actor, from, ends)))
  }
}

function tooMany(): RoviecError {
  return new RoviecError(
    'fault',
    'too-many-followers',
    {
      vi: `Đã có ${maxFollowers} kết nối theo dõi. Thử lại sau, hoặc hỏi danh sách định kỳ.`,
      en: `There are ${maxFollowers} followers already. Try again later, or ask for the list from time to time.`,
    },
    { safeToRepeat: true },
  )
}
