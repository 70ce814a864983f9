import { Controller, Get, Inject, Param } from '@nestjs/common'
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger'
import { describeWorkflow, type WorkflowDescription } from '#engine'
import type { Workflow } from '#engine/workflow'
import { notFound } from '#kernel'
import type { Platform } from '#platform'
import { Public } from '../http/access.js'
import { platformToken } from '../http/platform.token.js'

/** The tables themselves, which show no record: states, who may do what from where, and with which data. */
@ApiTags('workflows')
@Controller('workflows')
export class WorkflowsController {
  readonly #workflows: ReadonlyMap<string, Workflow>

  constructor(@Inject(platformToken) platform: Platform) {
    const all = platform.contexts.flatMap((context) => context.workflows)
    this.#workflows = new Map(all.map((workflow) => [workflow.name, workflow]))
  }

  @Get()
  @Public()
  @ApiOperation({ summary: 'Every workflow: states, transitions, who may, input as JSON schema' })
  list(): readonly WorkflowDescription[] {
    return [...this.#workflows.values()].map(describeWorkflow)
  }

  @Get(':name')
  @Public()
  @ApiOperation({ summary: 'One workflow' })
  @ApiParam({ name: 'name', schema: { type: 'string', example: 'task' } })
  one(@Param('name') name: string): WorkflowDescription {
    const workflow = this.#workflows.get(name)
    if (workflow !== undefined) return describeWorkflow(workflow)
    const known = [...this.#workflows.keys()]
    throw notFound(
      'workflow-unknown',
      {
        vi: `Không có quy trình “${name}”. Các quy trình: ${known.join(', ')}.`,
        en: `There is no workflow ${name}. Known: ${known.join(', ')}.`,
      },
      { workflow: name, known },
    )
  }
}
