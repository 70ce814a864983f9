import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { testProcess } from '#testing'

describe('a second SIGINT', () => {
  it('that came right after the first is the same stop, however late a busy program reads it', async () => {
    const running = testProcess(new URL('stop-signals.fixture.ts', import.meta.url))
    await running.line('ready')
    process.kill(running.pid, 'SIGINT')
    await delay(50)
    process.kill(running.pid, 'SIGINT')
    expect(await running.ended).toBe(0)
  })
})
