import type { Context } from '#engine'
import { accountabilityWorkflow } from '../domain/accountability.workflow.js'
import { accountabilityRuleWorkflow } from '../domain/accountability-rule.workflow.js'
import {
  accountabilityRuleTransitions,
  findAccountabilityRule,
  listAccountabilityRules,
} from './accountability-rule.queries.js'

/** The duties that follow from a delay, of dossiers and of tasks alike, and the rule of their times. */
export const accountabilityContext: Context = {
  workflows: [accountabilityRuleWorkflow, accountabilityWorkflow],
  projections: [],
  queries: [findAccountabilityRule, listAccountabilityRules, accountabilityRuleTransitions],
}
