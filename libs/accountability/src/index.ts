export {
  reminderLevels,
  ruleOn,
  rulesInForce,
  type AccountabilityRule,
  type ReminderLevel,
  type RuleInForce,
} from './domain/accountability-rule.js'
export {
  announcedOn,
  datedReminders,
  ifReckoned,
  isBeyondCalendar,
  startOf,
} from './domain/dated-reminders.js'
export { dutiesCommand } from './domain/duties-command.js'
export {
  momentsAwaited,
  noDuties,
  watchDuties,
  type DutiesAct,
  type DutiesSight,
  type DutiesWatch,
} from './domain/duties-watch.js'
export { duties, type Duty, type OwedDuty } from './domain/duty.js'
