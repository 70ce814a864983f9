import { setTimeout as delay } from 'node:timers/promises'
import { Tail } from '../core/tail.js'
import { jittered, nextPause, firstPauseMs } from './back-off.js'
import type { HealthRecord } from './health.js'
import type { LogPages } from './log-pages.js'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { Transport } from './transport.js'
import { logSubscription, ourPosition } from './wire.js'

/** Milliseconds between two looks at the log's end in case a word from the server was lost. */
const pollEveryMs = 5_000

/** Wakes the subscribers of one store when the server says that the log has grown, and now and then without a word. */
export class LogTail {
  readonly tail = new Tail()
  #listening: Promise<unknown> | undefined

  constructor(
    readonly transport: Transport,
    readonly pages: LogPages,
    readonly health: HealthRecord,
    readonly closing: AbortSignal,
  ) {}

  /** From the first subscription on. */
  start(): void {
    this.#listening ??= Promise.all([this.#listen(), this.#poll()])
  }

  async stopped(): Promise<void> {
    await this.#listening
  }

  async #listen(): Promise<void> {
    for (let pauseMs = firstPauseMs; !this.closing.aborted; pauseMs = nextPause(pauseMs)) {
      if (await this.#listenOnce()) pauseMs = firstPauseMs
      // What came while nobody listened is found by looking.
      this.tail.advance()
      await delay(jittered(pauseMs), undefined, { signal: this.closing }).catch(() => undefined)
    }
  }

  /** @returns whether the server had begun to answer before the subscription was dropped */
  async #listenOnce(): Promise<boolean> {
    let heard = false
    try {
      const call = await this.transport.read(logSubscription({}))
      const stop = () => call.cancel()
      this.closing.addEventListener('abort', stop)
      await new Promise<void>((resolve) => {
        call.on('data', (response: ReadResp) => {
          heard = true
          this.#hear(response)
        })
        call.on('error', () => resolve())
        call.on('end', () => resolve())
        if (this.closing.aborted) stop()
      })
      this.closing.removeEventListener('abort', stop)
    } catch {
      // The server is away: the subscribers' own reads find that out and say so.
    }
    if (heard && !this.closing.aborted) this.health.drops++
    this.health.listening = false
    return heard
  }

  #hear(response: ReadResp): void {
    this.health.listening = true
    this.health.reconnects = this.health.drops
    const position = ourPosition(response)
    if (position !== undefined) this.pages.meet(position)
    this.tail.advance()
  }

  async #poll(): Promise<void> {
    while (!this.closing.aborted) {
      await delay(pollEveryMs, undefined, { signal: this.closing }).catch(() => undefined)
      this.tail.advance()
    }
  }
}
