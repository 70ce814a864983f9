import 'reflect-metadata'
import { describe, expect, it } from '@jest/globals'
import { describeWorkflow } from '#engine'
import { contexts, type Platform } from '#platform'
import { WorkflowsController } from './workflows.controller.js'

const workflows = contexts.flatMap((context) => context.workflows)
const controller = new WorkflowsController({ contexts } as unknown as Platform)
/** As it goes over the wire: nothing in it may be lost in JSON. */
const sent = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer))

describe('GET /workflows', () => {
  it('has every workflow whole', () => {
    expect(sent(controller.list())).toEqual(workflows.map(describeWorkflow))
  })

  it.each(workflows.map((workflow) => [workflow.name, workflow] as const))(
    'has %s by its name',
    (name, workflow) => {
      expect(sent(controller.one(name))).toEqual(describeWorkflow(workflow))
    },
  )

  it('says which there are when asked for another', () => {
    const unknown = { kind: 'not-found', code: 'workflow-unknown' }
    expect(() => controller.one('nope')).toThrow(expect.objectContaining(unknown))
  })
})
