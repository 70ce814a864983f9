import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { testProcess } from '#testing'
import { uncovered, walkWorkflow, type WorkflowCases } from '#testing/workflow'
import { conclusion } from './meeting-conclusion.fixture.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const [workflowText, useText] = [
  './meeting-conclusion.fixture.ts',
  './use-meeting-conclusion.fixture.ts',
].map(read)
const blocks = [...read('../../README.md').matchAll(/```(ts|text)\n([\s\S]*?)```/g)].map(([, , text]) => text)

describe('the example of the README', () => {
  it('is printed as it is run, the workflow in less than 60 lines', () => {
    expect(blocks.slice(0, 2)).toEqual([workflowText, useText])
    expect(workflowText!.trimEnd().split('\n').length).toBeLessThan(60)
  })

  it('needs the engine, the event store and the kernel, and nothing of a province', () => {
    const imported = [workflowText, useText].flatMap((text) =>
      [...text!.matchAll(/from '([^']+)'/g)].map(([, from]) => from!),
    )
    expect(imported.filter((from) => !from.startsWith('./')).toSorted()).toEqual([
      '#engine',
      '#engine/workflow',
      '#event-store',
      '#kernel',
      'class-validator',
    ])
  })

  it('answers what it says', async () => {
    const running = testProcess(new URL('./use-meeting-conclusion.fixture.ts', import.meta.url))
    const answers = blocks[2]!.trimEnd().split('\n')
    for (const answer of answers) {
      const [word = ''] = answer.split(' ')
      expect(`${word} ${await running.line(`${word} `)}`).toBe(answer)
    }
    expect(await running.ended).toBe(0)
  })

  const person = (role: string, agency: string | null) =>
    ({ id: role, agency, roles: [role], scope: 'all' }) as const
  const drafted = {
    type: 'conclusion.Drafted',
    data: { text: 'Rà soát văn bản', agency: 'so-tu-phap' },
    by: 'secretary',
  }
  const signed = { type: 'conclusion.Signed', data: {}, by: 'chairman' }
  const cases: WorkflowCases<
    (typeof conclusion)['initial'],
    'secretary' | 'chairman' | 'officer' | 'stranger'
  > = {
    workflow: conclusion,
    aggregate: '71-TB',
    people: {
      secretary: person('secretary', 'vp-ubnd'),
      chairman: person('chairman', 'ubnd-tinh'),
      officer: person('officer', 'so-tu-phap'),
      stranger: person('officer', 'so-noi-vu'),
    },
    situations: {
      none: [],
      draft: [drafted],
      task: [drafted, signed],
      done: [drafted, signed, { type: 'conclusion.Finished', data: {}, by: 'officer' }],
    },
    transitions: {
      Draft: { data: drafted.data, by: ['secretary'], answers: '✓ ✓ – –' },
      Sign: { data: {}, by: ['chairman'], answers: '– ✓ – –' },
      Finish: { data: {}, by: ['officer'], answers: '– – ✓ –' },
    },
    mayNot: (who, situation) => who === 'officer' && situation === 'none',
  }

  it.each(walkWorkflow(cases))('is walked like any other workflow: %s', (_name, findings) => {
    expect(findings).toEqual([])
    expect(uncovered(cases)).toEqual([])
  })
})
