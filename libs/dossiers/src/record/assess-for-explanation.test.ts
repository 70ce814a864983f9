import { expect, it } from '@jest/globals'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId } from '#kernel'
import { line } from '../evaluate/evaluate.test-support.js'
import { ingest, ingestOn, setVersion } from '../ingest/ingest.test-support.js'
import { assessForExplanation } from './assess-for-explanation.js'

const now = '2026-05-12T02:00:00.000Z'
const headOf = (agency: string): Actor => ({
  id: `head of ${agency}`,
  agency,
  roles: ['head'],
  scope: [agency],
})

it('the head of the agency where the delay arose decides: of the late step, else of the resolving agency', async () => {
  const store = new InMemoryEventStore()
  const parts = await ingestOn(now, store)
  const steps = [{ agency: 'mot-cua', time: 1, unit: 'working-day' }]
  await setVersion(parts, { code: 'TT-S', time: 10, unit: 'working-day', steps })
  const told = (...lines: readonly object[]) =>
    ingest(
      parts,
      lines.map((each) => ({ ...each, procedure: 'TT-S' })),
    )
  const decidedBy = async (agency: string) => {
    const act = {
      id: newId(),
      aggregate: 'mcdt:H52-1',
      transition: 'AcceptExplanation',
      actor: headOf(agency),
    }
    return (await assessForExplanation({ ...parts, store }, act, now)).decidedBy
  }
  await told(
    line('a', 'Accepted', '2026-04-15', { agency: 'mot-cua' }),
    line('r', 'Resolved', '2026-05-11', { agency: 'so-nnmt' }),
  )
  expect([await decidedBy('son-la/so-nnmt'), await decidedBy('son-la/mot-cua')]).toEqual([null, 'so-nnmt'])
  await told(line('h', 'HandedOver', '2026-04-15', { step: '1' }))
  expect([await decidedBy('son-la/so-nnmt'), await decidedBy('son-la/mot-cua')]).toEqual(['mot-cua', null])
  // Nobody could decide for an agency that the registry does not know.
  await told(
    line('c', 'Corrected', '2026-05-12', { data: { corrects: 'h', change: 'void' } }),
    line('c2', 'Corrected', '2026-05-12', { data: { corrects: 'r', change: 'void' } }),
    line('r2', 'Resolved', '2026-05-11', { agency: 'xa-khong-ten' }),
  )
  expect(await decidedBy('son-la/mot-cua')).toBeNull()
})
