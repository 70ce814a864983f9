import type { Delivery } from '#event-store'

/** Short beside what a person notices, long beside the gap between two commits of a busy system. */
const everyMs = 100

/**
 * The same deliveries, but of those that only tell a later place no more than one in a while. Each commit of a busy
 * system would otherwise cost every view a write to say that there was nothing for it. A lone one is told at once, so
 * that whoever waits for his own write does not wait for this.
 */
export async function* spareCheckpoints(
  deliveries: AsyncIterable<Delivery>,
  milliseconds = everyMs,
): AsyncGenerator<Delivery, void> {
  const reading = deliveries[Symbol.asyncIterator]()
  let [held, told]: [Delivery | undefined, number] = [undefined, -Infinity]
  const tell = (delivery: Delivery): Delivery => {
    if (delivery.kind === 'caught-up') told = performance.now()
    held = undefined
    return delivery
  }
  try {
    for (let next = reading.next(); ;) {
      const read: IteratorResult<Delivery> | undefined =
        held === undefined ? await next : await unlessLate(next, told + milliseconds)
      if (read === undefined) yield tell(held!)
      else if (read.done === true) return
      else if (read.value.kind === 'caught-up' && performance.now() < told + milliseconds) {
        held = read.value
        next = reading.next()
        // It may fail after whoever waits for it has left.
        next.catch(() => undefined)
      } else {
        yield tell(read.value)
        next = reading.next()
      }
    }
  } finally {
    await reading.return?.()
  }
}

/** Undefined where the moment comes first. */
async function unlessLate<Value>(promise: Promise<Value>, at: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, at - performance.now()), undefined)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
