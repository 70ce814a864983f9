import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorRecord, actorWorkflow, showActor, type ActorShown } from '#identity'
import { Asks } from '../http/access.js'
import type { Elsewhere } from '../http/elsewhere.js'
import { RecordRoutes } from '../http/record-routes.js'
import { parameterExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

/** The secret of a key is shown once, to whoever sits at the machine. */
const elsewhere: Elsewhere = {
  IssueKey: {
    vi: 'Khóa truy cập được cấp tại máy chủ bằng lệnh: roviec key <người-dùng>.',
    en: 'Keys are issued on the server: roviec key <actor>.',
  },
}

const ActorParam = (): MethodDecorator =>
  ApiParam({ name: 'id', schema: { type: 'string', example: parameterExamples['actorId'] } })

/** Officials and connected systems: their office, agency, roles, scope and keys. */
@ApiTags('actors')
@Controller('actors')
export class ActorsController extends RecordRoutes({
  workflow: actorWorkflow,
  ...actorRecord,
  member: 'id',
  path: 'id',
  example: parameterExamples['actorId'],
  elsewhere,
  summaries: {
    history: 'Every change of rights and keys: who, when, before and after; why, by right',
    transitions: 'What you may do with the actor now, and why not the rest',
    transition: 'Register an actor, change rights, disable, revoke a key',
  },
}) {
  @Get(':id')
  @Asks(showActor)
  @ApiOperation({ summary: 'One actor: office, roles, scope, and the ids of the keys that hold' })
  @QueryRoute(showActor)
  @ActorParam()
  async one(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActorShown> {
    const actor = await this.asking.ask(showActor, { id }, request, reply)
    void reply.header('etag', `"${actor.revision}"`)
    return actor
  }
}
