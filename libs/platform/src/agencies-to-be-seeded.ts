import type { ResolveAgency } from '#dossiers'
import { CommandHandler } from '#engine'
import { InMemoryEventStore } from '#event-store'
import { systemClock } from '#kernel'
import { agencyWorkflow } from '#registry'
import { agenciesOnRecord } from './agencies-by-name.js'
import { seedAgencies } from './seed.js'

/** Those that come with the program and are entered at its first start. */
export async function agenciesToBeSeeded(): Promise<ResolveAgency> {
  const store = new InMemoryEventStore()
  const commands = new CommandHandler({ store, clock: systemClock, workflows: [agencyWorkflow] })
  await seedAgencies({ commands })
  return agenciesOnRecord(store)
}
