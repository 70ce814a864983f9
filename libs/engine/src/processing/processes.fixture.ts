// A worker in a process of its own. It kills itself at the n-th append or checkpoint where it is told to.
import { createDatabase } from '#database'
import { Leadership } from '#engine'
import { openLog } from '#testing'
import { startProcesses } from './reminder.test-support.js'

const [url, logUrl, leaseMs, point, count] = process.argv.slice(2) as [
  ...[string, string, string, string, string],
]
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

class MortalLeadership extends Leadership {
  override whileLeading(
    ...[name, stop, failed, work]: Parameters<Leadership['whileLeading']>
  ): Promise<void> {
    return super.whileLeading(name, stop, failed, (lead) =>
      work({
        ...lead,
        async move(position) {
          pass('before-checkpoint')
          await lead.move(position)
          pass('after-checkpoint')
        },
      }),
    )
  }
}

const leadership = new MortalLeadership(database, Number(leaseMs))
const worker = startProcesses(store, database, { leadership })
process.once('SIGTERM', () => {
  void worker
    .stop()
    .then(() => Promise.all([opened.close(), database.close()]))
    .then(() => process.exit(0))
})
