import { canonicalJson, deriveId, type JsonValue } from '#kernel'
import {
  ruleVersion,
  type AccountabilityRule,
  type AccountabilityTimes,
} from '../domain/accountability-rule.js'
import { accountabilityRuleWorkflow, provincialRule } from '../domain/accountability-rule.workflow.js'
import { readSeed } from './seed-file.js'

function readTimes(): AccountabilityTimes {
  const { expectedDaysBefore, reminders } = readSeed<AccountabilityTimes>('accountability-rule.json')
  return { expectedDaysBefore, reminders }
}

/** The rule that a record begins with: for what is decided before it is entered. */
export function seededAccountabilityRule(): AccountabilityRule {
  return { version: ruleVersion(1), ...readTimes(), validFrom: null, document: null }
}

/** Enters the defaults. Entered again it repeats itself; where a rule is on record, that stands. */
export function accountabilityRuleSeedCommand() {
  const data = readTimes() as unknown as JsonValue
  return {
    id: deriveId('accountability-rule.seed', canonicalJson(data)),
    workflow: accountabilityRuleWorkflow.name,
    aggregate: provincialRule,
    transition: 'Begin',
    data,
  }
}
