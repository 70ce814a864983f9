import { RecordedStates, type RecordedState } from '#engine'
import type { EventStore } from '#event-store'
import { rulesInForce, type RuleInForce } from '../domain/accountability-rule.js'
import {
  accountabilityRuleWorkflow,
  provincialRule,
  type AccountabilityRuleState,
} from '../domain/accountability-rule.workflow.js'
import { seededAccountabilityRule } from './accountability-rule-seed.js'

const byStore = new WeakMap<object, RecordedStates<AccountabilityRuleState>>()

/** One reader a store, so that each question reads only what is new. */
function statesOf(store: Pick<EventStore, 'readStream'>): RecordedStates<AccountabilityRuleState> {
  const known = byStore.get(store) ?? new RecordedStates(accountabilityRuleWorkflow, store)
  byStore.set(store, known)
  return known
}

/** The rule after each of its events. */
export function recordedRules(
  store: Pick<EventStore, 'readStream'>,
): Promise<readonly RecordedState<AccountabilityRuleState>[]> {
  return statesOf(store).read(provincialRule)
}

/** The versions as on record; where none is, the one that comes with the program. Looks at one time share a reading. */
export async function accountabilityRules(
  store: Pick<EventStore, 'readStream'>,
): Promise<readonly RuleInForce[]> {
  const { state } = (await statesOf(store).readShared(provincialRule)).at(-1) ?? {}
  return rulesInForce(state?.versions ?? [seededAccountabilityRule()])
}
