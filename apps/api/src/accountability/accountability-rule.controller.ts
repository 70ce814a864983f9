import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
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
import type { AvailableTransition } from '#engine/workflow'
import { Asks, Commands } from '../http/access.js'
import { AskingService } from '../http/asking.service.js'
import { CommandingService, type CommandAnswer, type TransitionBody } from '../http/commanding.service.js'
import { accountabilityRuleExamples } from '../openapi/examples.js'
import { CommandRoute, QueryRoute } from '../openapi/routes.js'

type Params = Readonly<Record<string, string>>

/** When delays are announced, reminded of and escalated: what holds, what held when, and how a document changes it. */
@ApiTags('accountability')
@Controller('accountability-rule')
export class AccountabilityRuleController {
  constructor(
    @Inject(AskingService) private readonly asking: AskingService,
    @Inject(CommandingService) private readonly commanding: CommandingService,
  ) {}

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

  @Get('transitions')
  @Asks(accountabilityRuleTransitions)
  @ApiOperation({ summary: 'What you may do with the rule, and why not the rest' })
  @QueryRoute(accountabilityRuleTransitions)
  transitions(
    @Query() params: Params,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<readonly AvailableTransition[]> {
    return this.asking.ask(accountabilityRuleTransitions, params, request, reply)
  }

  @Post('transitions/:name')
  @HttpCode(200)
  @Commands(accountabilityRuleWorkflow)
  @ApiOperation({
    summary: 'Record what a document says: a new version, which moves nothing that was opened before',
  })
  @CommandRoute(accountabilityRuleWorkflow)
  transition(
    @Param('name') name: string,
    @Query('dryRun') dryRun: unknown,
    @Body() body: TransitionBody | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const target = { aggregate: provincialRule, transition: name }
    return this.commanding.send(accountabilityRuleWorkflow, target, body, dryRun, request, reply)
  }
}
