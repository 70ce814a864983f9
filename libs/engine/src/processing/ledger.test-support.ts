import { IsString } from 'class-validator'
import { newId, refuse, systemClock, type JsonValue } from '#kernel'
import { CommandHandler, timerWorkflow, type EventMetadata } from '#engine'
import { party, workflow } from '#engine/workflow'
import type { EventStore, RecordedEvent } from '#event-store'
import { process, type Process, type ProcessDefinition } from './process.js'
import { processWorkflow } from './process.workflow.js'

class Enter {
  @IsString() text!: string
}

interface Ledger {
  readonly status: 'open'
  readonly entries: readonly string[]
}

const anyone = party<Ledger>('system', { vi: 'hệ thống', en: 'system' }, ({ roles }) =>
  roles.includes('system'),
)

/** What must be mended before a ledger can take the text `bug`. */
export const code = { mended: false }

/** Where effects of processes can be counted. It refuses `no`, and has a bug. */
export const ledger = workflow<Ledger, { Enter: Enter }, { 'ledger.Entered': { text: string } }>({
  name: 'ledger',
  initial: { status: 'open', entries: [] },
  statuses: { open: { vi: 'mở', en: 'open' } },
  transitions: {
    Enter: {
      text: { vi: 'Ghi', en: 'Enter' },
      input: Enter,
      from: ['open'],
      by: [anyone],
      to: ['open'],
      decide({ command: { text } }) {
        if (text === 'no') return refuse('not-wanted', { vi: 'Không nhận.', en: 'Not wanted.' })
        if (text === 'bug' && !code.mended) throw new TypeError(`cannot read ${text}`)
        return [{ type: 'ledger.Entered', data: { text } }]
      },
    },
  },
  evolve: { 'ledger.Entered': (state, { text }) => ({ ...state, entries: [...state.entries, text] }) },
})

export const workflows = [ledger, processWorkflow, timerWorkflow]

export function handler(store: EventStore): CommandHandler {
  return new CommandHandler({ store, clock: systemClock, workflows })
}

/** What orders are told to be followed by: each text is entered into the ledger named, in the order given. */
export interface Order {
  readonly order: string
  readonly entries: readonly { readonly ledger: string; readonly text: string }[]
  readonly last?: boolean
}

export interface Seen {
  readonly count: number
}

/** Follows orders: enters what each says, with the number of the order before the text. */
export function follower(over: Partial<ProcessDefinition<Seen, Order>> = {}): Process {
  return process<Seen, Order>({
    name: 'follower',
    version: 1,
    reacts: {
      'order.Placed': {
        instance: ({ data }) => (data as Order).order,
        input: ({ data }) => data as Order,
      },
    },
    initial: { count: 0 },
    evolve: ({ count }) => ({ count: count + 1 }),
    decide: (input, { count }) => ({
      commands: input.entries.map(({ ledger: aggregate, text }) =>
        enter(aggregate, text === 'no' || text === 'bug' ? text : `${input.order} ${count + 1} ${text}`),
      ),
      ...(input.last !== undefined && { ended: input.last }),
    }),
    ...over,
  })
}

export function enter(aggregate: string, text: string) {
  return { workflow: 'ledger', aggregate, transition: 'Enter', data: { text } }
}

/** Places an order; answers its event's id. */
export async function place(
  store: EventStore,
  order: Order,
  type = 'order.Placed',
  metadata: JsonValue = orderMetadata(),
): Promise<string> {
  const id = newId()
  await store.append(
    `order-${order.order}`,
    [{ id, type, data: order as unknown as JsonValue, metadata }],
    'any',
  )
  return id
}

function orderMetadata(): JsonValue {
  const commandId = newId()
  const metadata: EventMetadata = {
    commandId,
    transition: 'Place',
    digest: '',
    actor: 'a-1',
    agency: null,
    occurredAt: new Date().toISOString(),
    correlationId: commandId,
    causationId: null,
  }
  return metadata as unknown as JsonValue
}

export async function logOf(store: EventStore, streamPrefix: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of store.readAll({ streamPrefix })) events.push(...page)
  return events
}

/** What stands in the ledgers, by name. */
export async function ledgersOf(store: EventStore): Promise<Readonly<Record<string, readonly string[]>>> {
  const ledgers: Record<string, string[]> = {}
  for (const { stream, data } of await logOf(store, 'ledger-'))
    (ledgers[stream.slice('ledger-'.length)] ??= []).push((data as { text: string }).text)
  return ledgers
}
