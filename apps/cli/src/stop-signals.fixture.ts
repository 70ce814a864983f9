import { onStopSignals } from './stop-signals.js'

/** Is busy for longer than the second in which signals are the same, then stops. */
const alive = setInterval(() => undefined, 1_000)
onStopSignals(
  () => {
    const begin = performance.now()
    while (performance.now() - begin < 1_300);
    setTimeout(() => clearInterval(alive), 300)
  },
  () => process.exit(9),
)
console.log('ready')
