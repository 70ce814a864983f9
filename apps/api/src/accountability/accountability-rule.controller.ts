import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountabilityRule } from '#accountability'
import {
  accountabilityRuleTransitions,
  accountabilityRuleWorkflow,
  findAccountabilityRule,
  listAccountabilityRules,
  provincialRule,
  type AccountabilityRuleListed,
} from '#accountability/record'
import { Asks } from '../http/access.js'
import { SingletonRoutes } from '../http/record-routes.js'
import { accountabilityRuleExamples } from '../openapi/examples.js'
import { QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** When delays are announced, reminded of and escalated: what holds, what held when, and how a document changes it. */
@ApiTags('accountability')
@Controller('accountability-rule')
export class AccountabilityRuleController extends SingletonRoutes({
  workflow: accountabilityRuleWorkflow,
  aggregate: provincialRule,
  transitions: accountabilityRuleTransitions,
  summaries: {
    transitions: 'What you may do with the rule, and why not the rest',
    transition: 'Record what a document says: a new version, which moves nothing that was opened before',
  },
}) {
  @Get()
  @Asks(findAccountabilityRule)
  @ApiOperation({ summary: 'The rule in force on a day, or by a version: accountability/1' })
  @QueryRoute(findAccountabilityRule, {}, accountabilityRuleExamples)
  rule(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountabilityRule> {
    return this.asking.ask(findAccountabilityRule, params, request, reply)
  }

  @Get('versions')
  @Asks(listAccountabilityRules)
  @ApiOperation({ summary: 'Every version: its times, by which document, when it was recorded' })
  @QueryRoute(listAccountabilityRules)
  async versions(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AccountabilityRuleListed[]> {
    const versions = await this.asking.ask(listAccountabilityRules, params, request, reply)
    void reply.header('total-count', String(versions.length))
    return versions
  }
}
