// A worker in a process of its own. Its clock may be off, and it kills itself at the n-th append where it is told to.
const [url, logUrl, leaseMs, clockOffMs, point, count] = process.argv.slice(2) as [
  ...[string, string, string, string, string, string],
]

const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...given: []) {
    super(...((given.length === 0 ? [RealDate.now() + Number(clockOffMs)] : given) as []))
  }
  static override now(): number {
    return RealDate.now() + Number(clockOffMs)
  }
} as DateConstructor

const { createDatabase } = await import('#database')
const { openLog } = await import('#testing')
const { startTimers } = await import('./timers.test-support.js')

const opened = await openLog(logUrl)
const database = createDatabase({ connection: url })
let passed = 0

function pass(here: string): void {
  if (here === point && ++passed === Number(count)) process.kill(process.pid, 'SIGKILL')
}

const store = Object.assign(Object.create(opened) as typeof opened, {
  readStream: opened.readStream.bind(opened),
  readAll: opened.readAll.bind(opened),
  subscribe: opened.subscribe.bind(opened),
  head: opened.head.bind(opened),
  async append(...args: Parameters<typeof opened.append>) {
    pass('before-append')
    const appending = opened.append(...args)
    // The statement has left by then, the answer is not there.
    setImmediate(() => pass('during-append'))
    const appended = await appending
    pass('after-append')
    if (point === 'tell') console.log('appended')
    return appended
  },
})
const worker = startTimers(store, database, { leaseMs: Number(leaseMs), inFlight: 8, pageSize: 20 })
process.once('SIGTERM', () => {
  void worker
    .stop()
    .then(() => Promise.all([opened.close(), database.close()]))
    .then(() => process.exit(0))
})
console.log(`ready ${new Date().toISOString()}`)
