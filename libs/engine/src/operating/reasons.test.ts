import { describe, expect, it } from '@jest/globals'
import { CommandHandler, projectionWorkflow, timerWorkflow, type EventMetadata } from '#engine'
import type { Actor } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { processWorkflow } from '../processing/process.workflow.js'

const operator: Actor = { id: 'van-hanh', agency: null, roles: ['operator'], scope: 'all' }
const parked = { stream: 'task-1', first: '3', last: '4' }

function opened(): {
  store: InMemoryEventStore
  send: (transition: string, data: object, workflow?: string) => Promise<unknown>
} {
  const store = new InMemoryEventStore()
  const workflows = [projectionWorkflow, processWorkflow, timerWorkflow]
  const commands = new CommandHandler({ store, clock: systemClock, workflows })
  const send = (transition: string, data: object, workflow = 'projection'): Promise<unknown> => {
    const command = { id: newId(), workflow, aggregate: 'board', transition, actor: operator }
    return commands.handleOrThrow({ ...command, data: data as JsonValue })
  }
  return { store, send }
}

describe('what operators order', () => {
  it.each([
    ['Rebuild', { version: 2 }, 'projection.RebuildOrdered'],
    ['Promote', { version: 2 }, 'projection.PromotionOrdered'],
    ['Rollback', {}, 'projection.RollbackOrdered'],
    ['Pause', {}, 'projection.Paused'],
    ['Replay', { stream: 'task-1' }, 'projection.ReplayOrdered'],
    ['Discard', parked, 'projection.Discarded'],
  ])('%s stands in the log with who and why', async (transition, data, type) => {
    const { store, send } = opened()
    await send(transition, { ...data, reason: 'đã sửa chương trình' })
    const [event] = await store.readStream('projection-board')
    expect(event).toMatchObject({ type, data: { ...data, reason: 'đã sửa chương trình' } })
    expect((event!.metadata as unknown as EventMetadata).actor).toBe('van-hanh')
    await store.close()
  })

  it.each([
    ['projection', 'Rebuild', { version: 2 }],
    ['projection', 'Discard', parked],
    ['process', 'Retry', {}],
    ['process', 'Dismiss', {}],
    ['timer', 'Cancel', {}],
    ['timer', 'Reschedule', { at: '2025-03-14T08:00:00+07:00' }],
    ['timer', 'Fire', {}],
  ])('of a %s to %s is no order without a reason that says something', async (workflow, transition, data) => {
    const { store, send } = opened()
    const refused = send(transition, { ...data, reason: ' \n' }, workflow)
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      text: { vi: expect.stringContaining('reason: không được để trống') },
    })
    await store.close()
  })
})
