export { party, reaches, type Actor, type Party } from './actor.js'
export { availableTransitions, decide, type AvailableTransition } from './decide.js'
export { NoData } from './no-data.js'
export type { Personal, Sealed, Withheld } from './personal.js'
export { UnknownEventType } from './unknown-event-type.js'
export { UnknownEventVersion } from './unknown-event-version.js'
export type { Upcaster, Upcasters } from './upcasting.js'
export {
  workflow,
  type DecidedEvent,
  type Deciding,
  type EventContext,
  type EventOf,
  type Evolvers,
  type Input,
  type Stateful,
  type Transition,
  type Transitions,
  type Workflow,
  type WorkflowDefinition,
} from './workflow.js'
