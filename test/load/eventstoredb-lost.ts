import { AppendOutcomeUnknown, EventStoreUnavailable } from '#event-store'

/** gRPC's numbers for a call whose connection has ended under it. */
const endedCalls = [13, 14]

/** Whether a round failed with the connection, for no fault of its own. */
export function connectionLost(error: unknown): boolean {
  return (
    error instanceof AppendOutcomeUnknown ||
    error instanceof EventStoreUnavailable ||
    endedCalls.includes(Number((error as { readonly code?: unknown }).code))
  )
}
