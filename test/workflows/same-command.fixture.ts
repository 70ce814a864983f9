// A process of its own: sends every command it is given three times at once, as its twin does, and prints the answers.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { CommandHandler, type Command } from '#engine'
import { createDatabase } from '#database'
import { systemClock } from '#kernel'
import { openLog, virtualClock } from '#testing'
import { testKeys, testSealing } from '#testing/workflow'
import { contexts } from '../../libs/platform/src/contexts.js'
import { told } from './told.js'

const [url, logUrl, now] = process.argv.slice(2) as [string, string, string?]
const store = await openLog(logUrl)
const workflows = contexts.flatMap((context) => context.workflows)
const database = createDatabase({ connection: url })
const sealing = testSealing(testKeys(database))
const clock = now === undefined ? systemClock : virtualClock(now)
const handler = new CommandHandler({ store, clock, workflows, sealing })
const input = createInterface({ input: process.stdin })
console.log('ready')
const [line] = (await once(input, 'line')) as [string]
const answers = await Promise.all(
  (JSON.parse(line) as readonly { name: string; command: Command }[]).map(async ({ name, command }) => {
    const outcomes = await Promise.all([1, 2, 3].map(() => handler.handle(command)))
    return [name, outcomes.map(told)] as const
  }),
)
const text = `answers ${JSON.stringify(Object.fromEntries(answers))}\n`
// More than a pipe holds: an exit would cut off what is not written yet.
await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
input.close()
await store.close()
await database.close()
process.exit()
