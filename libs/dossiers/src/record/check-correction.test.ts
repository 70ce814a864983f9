import { describe, expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { ingestOn } from '../ingest/ingest.test-support.js'
import { checkCorrection } from './check-correction.js'

describe('the time of a correction', () => {
  it('lies within the calendar in force; what is no time is left to the decision', async () => {
    const store = new InMemoryEventStore()
    await ingestOn('2026-05-07T02:00:00.000Z', store)
    const check = (change: unknown) => checkCorrection(store, { corrects: 'a', change })
    for (const occurredAt of ['2016-04-15', '2031-04-15T09:00:00+07:00'])
      await expect(check({ occurredAt })).rejects.toMatchObject({ code: 'date-outside-calendar' })
    for (const change of [{ occurredAt: '2026-04-15' }, { occurredAt: '15/4' }, { void: true }, undefined])
      await expect(check(change)).resolves.toBeUndefined()
    await expect(checkCorrection(store, undefined)).resolves.toBeUndefined()
  })
})
