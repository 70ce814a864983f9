export { accountabilityContext } from './accountability.context.js'
export {
  accountabilityRuleTransitions,
  findAccountabilityRule,
  listAccountabilityRules,
  type AccountabilityRuleListed,
} from './accountability-rule.queries.js'
export { accountabilityRuleSeedCommand } from './accountability-rule-seed.js'
export { accountabilityRules } from './accountability-rules.js'
export { remindersGiven, type RemindersOf } from './reminders-given.js'
export {
  accountabilityRuleWorkflow,
  provincialRule,
  type AccountabilityRuleState,
} from '../domain/accountability-rule.workflow.js'
export { accountabilityWorkflow } from '../domain/accountability.workflow.js'
