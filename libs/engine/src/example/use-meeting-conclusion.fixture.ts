import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { newId, systemClock, type JsonValue } from '#kernel'
import { conclusion } from './meeting-conclusion.fixture.js'

const store = new InMemoryEventStore()
const handler = new CommandHandler({ store, clock: systemClock, workflows: [conclusion] })

async function send(transition: string, role: string, agency: string, data: JsonValue = {}, id = newId()) {
  const actor = { id: `${role}-1`, agency, roles: [role], scope: 'all' as const }
  const command = { id, workflow: 'conclusion', aggregate: '71-TB', transition, data, actor }
  const outcome = await handler.handle(command)
  console.log(
    transition,
    outcome.status,
    'refusal' in outcome ? outcome.refusal.text.vi : outcome.state.status,
  )
}

const draft = { text: 'Sở Tư pháp rà soát văn bản', agency: 'so-tu-phap' }
await send('Draft', 'secretary', 'vp-ubnd', draft)
await send('Finish', 'officer', 'so-tu-phap')
await send('Sign', 'secretary', 'vp-ubnd')
const signing = newId()
await send('Sign', 'chairman', 'ubnd-tinh', {}, signing)
await send('Sign', 'chairman', 'ubnd-tinh', {}, signing)
await send('Finish', 'officer', 'so-tu-phap')
