// A process of its own: sends the same commands as its twin, all at once, and prints how each was answered.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { deriveId, systemClock } from '#kernel'
import { CommandHandler, type Command, type Outcome } from '#engine'
import { AppendOutcomeUnknown } from '#event-store'
import { openLog } from '#testing'
import { add, counter } from './counter.fixture.js'

const store = await openLog(process.argv[2]!)
const handler = new CommandHandler({ store, clock: systemClock, workflows: [counter] })
const commands = Array.from({ length: 120 }, (_, index) =>
  add(1, { id: deriveId('race', index), aggregate: `racing-${index % 6}` }),
)
const input = createInterface({ input: process.stdin })
console.log('ready')
await once(input, 'line')
const answers = await Promise.all(
  commands.map(async (command) => [command.id, (await answerTo(command)).status] as const),
)
console.log(`answers ${JSON.stringify(Object.fromEntries(answers))}`)
input.close()
await store.close()
process.exit()

/** Sends again, as whoever is told that the outcome is unknown. */
async function answerTo(command: Command): Promise<Outcome> {
  for (;;)
    try {
      return await handler.handle(command)
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown)) throw error
    }
}
