import type { RoviecError } from '#kernel'
import { overloaded, stopping } from './errors.js'

/** Questions are cheaper than commands, and as many may wait for a view. */
export type Kind = 'command' | 'question'

/** A place inside, to be given back once nothing works on the request any more and its answer has gone. */
export interface Ticket {
  /** Counts one more who works on it; what it answers ends that. */
  hold(): () => void
}

export interface GateLimits {
  /** Of each kind at a time, in work and waiting. */
  readonly most: number
  /** Bodies that are held at a time, together. */
  readonly mostBytes: number
}

/**
 * Bounds what is inside the process: beyond it a request is turned away at once, before its body is read. A client that
 * goes away frees nothing as long as its command is worked on.
 */
export class Gate {
  readonly #inside = { command: 0, question: 0 }
  #bytes = 0
  readonly #stopping = new AbortController()
  #emptied: () => void = () => undefined

  constructor(
    private readonly limits: GateLimits,
    private readonly isBehind: () => boolean,
  ) {}

  /** Aborted once no more is taken in: what has no end of its own ends then. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  get inside(): number {
    return this.#inside.command + this.#inside.question
  }

  /** @param bytes of the body, as far as it will be held in memory */
  enter(kind: Kind, bytes: number): Ticket | RoviecError {
    if (this.#stopping.signal.aborted) return stopping()
    const isFull = this.#inside[kind] >= this.limits.most
    const isTooMuch = this.#bytes > 0 && this.#bytes + bytes > this.limits.mostBytes
    if (isFull || isTooMuch || this.isBehind()) return overloaded()
    this.#inside[kind]++
    this.#bytes += bytes
    return this.#ticket(() => {
      this.#inside[kind]--
      this.#bytes -= bytes
      if (this.inside === 0) this.#emptied()
    })
  }

  /** For what has a limit of its own and is not waited for. */
  refusesEndless(): RoviecError | null {
    return this.#stopping.signal.aborted ? stopping() : null
  }

  /** Takes nothing in any more. Whether all that was inside has left within the time. */
  async drain(withinMs: number): Promise<boolean> {
    this.#stopping.abort()
    if (this.inside === 0) return true
    let late: NodeJS.Timeout | undefined
    const left = new Promise<boolean>((resolve) => {
      this.#emptied = () => resolve(true)
      late = setTimeout(() => resolve(false), withinMs)
    })
    return left.finally(() => clearTimeout(late))
  }

  #ticket(leave: () => void): Ticket {
    let holders = 0
    return {
      hold() {
        holders++
        let isHeld = true
        return () => {
          if (!isHeld) return
          isHeld = false
          if (--holders === 0) leave()
        }
      },
    }
  }
}
