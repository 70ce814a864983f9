import { describe, expect, it } from '@jest/globals'
import type { Asking } from '#engine'
import { InMemoryEventStore, type NewEvent } from '#event-store'
import { virtualClock } from '#testing'
import { findAgency, type AgencyAsOf } from './agencies.queries.js'

describe('an agency as of a day', () => {
  it('is what was on record at the end of that day in Vietnam', async () => {
    const clock = virtualClock('2026-01-10T03:00:00Z')
    const store = new InMemoryEventStore({ clock })
    const occurredAt = '2026-01-10T03:00:00Z'
    const metadata = { actor: 'clerk', agency: null, occurredAt, commandId: crypto.randomUUID() }
    const record = (type: string, data: NewEvent['data']) =>
      store.append('agency-vu-tru', [{ id: crypto.randomUUID(), type, data, metadata }], 'any')
    const sourced = { source: 'Nghị quyết 12/NQ-HĐND', confidence: 'document' }
    const created = { province: 'son-la', kind: 'department', name: 'Sở Công nghiệp Vũ trụ', parent: null }
    await record('registry.AgencyCreated', { ...created, validFrom: null, ...sourced })
    clock.set('2026-01-31T18:00:00Z')
    await record('registry.AgencyRenamed', { name: 'Sở Vũ trụ', from: '2026-01-01', ...sourced })
    const names = async (asOf?: string) => {
      const params = { id: 'vu-tru', ...(asOf !== undefined && { asOf }) }
      const { names: borne } = await findAgency.answer({ params, store } as unknown as Asking<AgencyAsOf>)
      return borne.map(({ name }) => name)
    }
    expect(await names('2026-01-31')).toEqual(['Sở Công nghiệp Vũ trụ'])
    expect(await names('2026-02-01')).toEqual(['Sở Công nghiệp Vũ trụ', 'Sở Vũ trụ'])
    expect(await names()).toEqual(['Sở Công nghiệp Vũ trụ', 'Sở Vũ trụ'])
    await expect(names('2026-01-09')).rejects.toMatchObject({ code: 'agency-unknown' })
  })
})
