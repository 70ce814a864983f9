import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Command } from 'commander'
import { describeWorkflow, mermaidOf } from '#engine'
import { contexts } from '#platform'
import { addWorkflowCommands } from './workflow.commands.js'

const workflows = contexts.flatMap((context) => context.workflows)
let written: string

beforeEach(() => {
  written = ''
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text)
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  process.exitCode = undefined
})

async function roviec(...words: string[]): Promise<string> {
  const program = new Command('roviec').option('--json').exitOverride()
  addWorkflowCommands(program)
  await program.parseAsync(['workflow', ...words], { from: 'user' })
  return written
}

describe('roviec workflow', () => {
  it('lists every workflow, as a table and as JSON', async () => {
    expect(await roviec('list')).toContain('task')
    written = ''
    const names = (JSON.parse(await roviec('list', '--json')) as { name: string }[]).map(({ name }) => name)
    expect(names).toEqual(workflows.map(({ name }) => name))
  })

  it.each(workflows.map((workflow) => [workflow.name, workflow] as const))(
    'shows %s: as JSON what the engine says of it, as text every transition',
    async (name, workflow) => {
      const described = describeWorkflow(workflow)
      expect(JSON.parse(await roviec('show', name, '--json'))).toEqual(JSON.parse(JSON.stringify(described)))
      written = ''
      const text = (await roviec('show', name)).replaceAll(/\s+/g, '')
      for (const transition of described.transitions) expect(text).toContain(`(${transition.name})`)
      written = ''
      expect(await roviec('show', name, '--mermaid')).toBe(mermaidOf(described))
    },
  )

  it('says which workflows there are when asked for another', async () => {
    await expect(roviec('show', 'nope')).rejects.toMatchObject({
      code: 'workflow-unknown',
      details: { known: workflows.map(({ name }) => name) },
    })
  })
})
