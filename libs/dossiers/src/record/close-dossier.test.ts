import { expect, it } from '@jest/globals'
import { InMemoryEventStore } from '#event-store'
import { newId } from '#kernel'
import { line } from '../evaluate/evaluate.test-support.js'
import { announceYear, ingest, ingestOn } from '../ingest/ingest.test-support.js'
import { assessForClosing } from './close-dossier.js'

it('a dossier that pinned a calendar of years gone by is judged by the years announced since', async () => {
  const store = new InMemoryEventStore()
  const parts = await ingestOn('2027-12-02T02:00:00.000Z', store)
  await ingest(parts, [line('a', 'Accepted', '2027-12-01')])
  const closing = { id: newId(), aggregate: 'mcdt:H52-1' }
  const assessed = () => assessForClosing({ ...parts, store }, closing, '2028-01-03T02:00:00.000Z')
  await expect(assessed()).rejects.toMatchObject({ code: 'calendar-year-unknown' })
  await announceYear(parts, 2028)
  expect(await assessed()).toEqual({ messages: 1, missing: ['end', 'explanation', 'acceptance', 'apology'] })
})
