import type { EventContext, Evolvers } from '../workflow/workflow.js'
import type { ProcessCommand } from './process.js'
import type { CommandPlace, EventRef, ProcessEvents, ProcessInput } from './process.events.js'

/** A command that is decided and not yet delivered. */
export interface Outgoing extends CommandPlace {
  /** Id of the command that recorded the reaction: the outgoing command's id and cause derive from it. */
  readonly reaction: string
  readonly correlationId: string
  readonly command: ProcessCommand
}

/** What went wrong and waits for an operator. */
export interface Incident {
  readonly id: string
  readonly kind: 'command-refused' | 'held'
  readonly code: string
  readonly message: string | null
  /** The event that could not be taken; null where it is about a command. */
  readonly event: EventRef | null
  readonly command: Outgoing | null
  readonly at: string
}

export interface ProcessState {
  readonly status: 'new' | 'running' | 'held' | 'ended'
  readonly ended: boolean
  /** Of the code that reacted last. */
  readonly version: number
  /** What the instance knows, in the order in which it came to know it. */
  readonly inputs: readonly ProcessInput[]
  /** Ids of the events that are done with: the inbox. */
  readonly reacted: readonly string[]
  readonly outbox: readonly Outgoing[]
  /** Events that wait for the instance to go on; the first is the one that held it. */
  readonly queue: readonly EventRef[]
  readonly incidents: readonly Incident[]
}

export const newProcess: ProcessState = {
  status: 'new',
  ended: false,
  version: 0,
  inputs: [],
  reacted: [],
  outbox: [],
  queue: [],
  incidents: [],
}

/** Whether the event is done with or waits its turn. */
export function knows({ reacted, queue }: ProcessState, id: string): boolean {
  return reacted.includes(id) || queue.some((event) => event.id === id)
}

const isAt =
  ({ event, index }: CommandPlace) =>
  (other: CommandPlace): boolean =>
    other.event === event && other.index === index

const isNotAt =
  (place: CommandPlace) =>
  (other: CommandPlace): boolean =>
    !isAt(place)(other)

const without = (queue: readonly EventRef[], { id }: EventRef): readonly EventRef[] =>
  queue.filter((event) => event.id !== id)

/** What an instance that stood still is otherwise. */
const going = ({ ended }: ProcessState): 'running' | 'ended' => (ended ? 'ended' : 'running')

export const evolveProcess: Evolvers<ProcessState, ProcessEvents> = {
  'process.Reacted': (state, { version, event, input, commands }, { commandId }) => ({
    ...state,
    status: 'running',
    version,
    inputs: [...state.inputs, input],
    reacted: [...state.reacted, event.id],
    outbox: commands.map((command, index) => {
      const { correlationId } = event
      return { event: event.id, index, reaction: commandId, correlationId, command }
    }),
    queue: without(state.queue, event),
  }),
  'process.Ended': (state) => ({ ...state, status: 'ended', ended: true, queue: [] }),
  'process.Delivered': (state, place) => ({ ...state, outbox: state.outbox.filter(isNotAt(place)) }),
  'process.CommandRefused': (state, place, context) => {
    const command = state.outbox.find(isAt(place)) ?? null
    const about = { kind: 'command-refused', code: place.code, message: null, event: null, command } as const
    return {
      ...state,
      outbox: state.outbox.filter(isNotAt(place)),
      incidents: [...state.incidents, incident(about, `${place.commandId}`, context)],
    }
  },
  'process.Held': (state, { event, command: place, code, message }, context) => {
    const command = place === null ? null : (state.outbox.find(isAt(place)) ?? null)
    const about = { kind: 'held', code, message, event, command } as const
    return {
      ...state,
      status: 'held',
      queue: event === null ? state.queue : [event, ...without(state.queue, event)],
      incidents: [...state.incidents, incident(about, context.commandId, context)],
    }
  },
  // Recorded by a program that could not read the stream, it may be of an event that is done with.
  'process.Queued': (state, { event }) =>
    state.ended || knows(state, event.id) ? state : { ...state, queue: [...state.queue, event] },
  'process.Forwarded': (state, { event }) => ({
    ...state,
    reacted: [...state.reacted, event.id],
    queue: without(state.queue, event),
  }),
  // A refused command has written nothing, so that it is sent again under its own id.
  'process.Retried': (state) => ({
    ...state,
    status: going(state),
    outbox: [...refused(state), ...state.outbox],
    incidents: [],
  }),
  'process.Dismissed': (state) => {
    const held = state.incidents.filter(({ kind }) => kind === 'held')
    const events = held.flatMap(({ event }) => (event === null ? [] : [event.id]))
    const commands = held.flatMap(({ command }) => (command === null ? [] : [command]))
    return {
      ...state,
      status: going(state),
      reacted: [...state.reacted, ...events],
      outbox: state.outbox.filter((one) => !commands.some(isAt(one))),
      queue: state.queue.filter(({ id }) => !events.includes(id)),
      incidents: [],
    }
  },
}

function refused({ incidents }: ProcessState): readonly Outgoing[] {
  return incidents.flatMap(({ kind, command }) =>
    kind === 'command-refused' && command !== null ? [command] : [],
  )
}

function incident(about: Omit<Incident, 'id' | 'at'>, id: string, { occurredAt }: EventContext): Incident {
  return { id, ...about, at: occurredAt }
}
