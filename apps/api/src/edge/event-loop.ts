/** How often it is looked: ten times a second costs nothing. */
const everyMs = 100

/** A server that starts on a request half a second late is one that its clients send the same to again. */
const mostLateMs = 500

/**
 * Whether the process is so busy that its event loop comes late. One late look is a long computation or a collection
 * of garbage; two on end say that there is more work than time.
 */
export class EventLoopWatch {
  #timer: NodeJS.Timeout | undefined
  #due = 0
  #late: readonly [number, number] = [0, 0]

  start(): void {
    this.#due = performance.now() + everyMs
    this.#timer = setInterval(() => this.look(performance.now()), everyMs)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(now: number): void {
    this.#late = [this.#late[1], Math.max(0, now - this.#due)]
    this.#due = now + everyMs
  }

  get isBehind(): boolean {
    return this.#late.every((late) => late > mostLateMs)
  }
}
