const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** `npm start` passes Ctrl-C on to a program that has it from the terminal already: what comes so soon is the same. */
const sameWithinMs = 1_000

/**
 * Calls `stop` at the first signal to stop: SIGTERM, SIGINT, a closed terminal; and `force` at a SIGINT a second later
 * or more. Any other signal is obeyed already. Answers how to give the signals back to the system.
 */
export function onStopSignals(stop: () => void, force: () => void): () => void {
  let isStopping = false
  let isLater = false
  let timer: NodeJS.Timeout | undefined
  const told = (signal: NodeJS.Signals): void => {
    if (isStopping) {
      if (signal === 'SIGINT' && isLater) force()
      return
    }
    isStopping = true
    // What came while the program was busy is read between timers and immediates: it counts as before the second is over.
    timer = setTimeout(() => setImmediate(() => (isLater = true)), sameWithinMs).unref()
    stop()
  }
  for (const signal of stopSignals) process.on(signal, told)
  return () => {
    clearTimeout(timer)
    for (const signal of stopSignals) process.off(signal, told)
  }
}
