import { beforeEach, describe, expect, it } from '@jest/globals'
import { parseMoment } from '#calendar'
import { InMemoryEventStore } from '#event-store'
import { assess } from '../domain/assessment.js'
import { messagesOf } from '../domain/dossier.state.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import { settleMessages } from '../domain/settle-messages.js'
import { line } from '../evaluate/evaluate.test-support.js'
import { rulebooksOf } from '../record/rulebooks.js'
import { momentOf } from '../views/rates/span-rows.js'
import { ingest, ingestOn, setVersion } from './ingest.test-support.js'

const now = '2026-05-07T02:00:00.000Z'
/** Ten working days: due 04/5/2026, after the correction to five 22/4. */
const submitted = line('s', 'Submitted', '2026-04-14')
const accepted = line('a', 'Accepted', '2026-04-15', { procedure: null })
const handedOver = line('h', 'HandedOver', '2026-04-16', { procedure: null, agency: 'so-nnmt' })

let store: InstanceType<typeof InMemoryEventStore>
let parts: Awaited<ReturnType<typeof ingestOn>>
beforeEach(async () => {
  store = new InMemoryEventStore()
  parts = await ingestOn(now, store)
})

const correctTheProcedure = () =>
  setVersion(parts, { code: 'TT-10', time: 5, unit: 'working-day', reason: 'Ghi nhầm' })

async function seen() {
  const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
  const messages = messagesOf(state)
  const rulebook = await rulebooksOf(store).of(state, messages)
  const assessment = assess(rulebook, settleMessages(messages).events, parseMoment('2026-04-20'))
  const { pin } = momentOf('mcdt:H52-1', state, { position: 100n, recordedAt: new Date(now) })
  return { firstDue: assessment?.clock.first?.date, pin }
}

describe('an acceptance that names no procedure', () => {
  it.each([
    ['told before', [[submitted], [accepted]]],
    ['told together', [[submitted, accepted]]],
    ['told together, the acceptance first', [[accepted, submitted]]],
    ['told after', [[accepted], [submitted]]],
    ['told by what is no submission', [[accepted], [{ ...handedOver, procedure: 'TT-10' }]]],
  ])('pins the one of the dossier: %s', async (_when, deliveries) => {
    for (const lines of deliveries) await ingest(parts, lines)
    await correctTheProcedure()
    const pinned = { firstDue: '2026-05-04', pin: { calendar: 'vn/7', procedure: 1 } }
    expect(await seen()).toEqual(pinned)
    await ingest(parts, [handedOver, ...deliveries.flat()])
    expect(await seen()).toEqual(pinned)
  })

  it('pins the revision on record at the acceptance, not that of the submission', async () => {
    await ingest(parts, [submitted])
    await correctTheProcedure()
    await ingest(parts, [accepted])
    await setVersion(parts, { code: 'TT-10', time: 3, unit: 'working-day', reason: 'Ghi nhầm' })
    expect(await seen()).toEqual({ firstDue: '2026-04-22', pin: { calendar: 'vn/7', procedure: 2 } })
  })

  it('pins the right one where another was taken for it', async () => {
    await setVersion(parts, { code: 'TT-5', time: 5, unit: 'working-day' })
    await ingest(parts, [handedOver, { ...handedOver, id: 'h2', procedure: 'TT-5' }, accepted])
    expect((await seen()).firstDue).toBe('2026-04-22')
    await ingest(parts, [submitted])
    expect(await seen()).toEqual({ firstDue: '2026-05-04', pin: { calendar: 'vn/7', procedure: 1 } })
  })
})

it('an acceptance records the ids of the agencies of its steps', async () => {
  const steps = [
    { agency: 'mot-cua', time: 1, unit: 'working-day' },
    { agency: 'xa-khong-ten', time: 1, unit: 'working-day' },
  ]
  await setVersion(parts, { code: 'TT-S', time: 10, unit: 'working-day', steps })
  await ingest(parts, [line('a', 'Accepted', '2026-04-15', { procedure: 'TT-S', agency: 'so-nnmt' })])
  const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
  expect(state.agencies).toEqual({ 'mot-cua': 'son-la/mot-cua', 'so-nnmt': 'son-la/so-nnmt' })
})
