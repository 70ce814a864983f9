import type { EventOf } from '#engine/workflow'
import type { LocalDate } from '#calendar'
import type { AccountabilityTimes } from './accountability-rule.js'
import type { SourceDocument } from '#documents/references'

/** A version that holds from a day, by a document. */
interface RuleVersionSet extends AccountabilityTimes {
  readonly validFrom: LocalDate
  readonly document: SourceDocument
}

/** All events of the stream `accountability-rule-province`. The n-th of them makes version `accountability/<n>`. */
export interface AccountabilityRuleEvents {
  /** The defaults of the program, since ever. */
  'accountability-rule.Begun': AccountabilityTimes
  'accountability-rule.VersionSet': RuleVersionSet
}

export type AccountabilityRuleEvent = EventOf<AccountabilityRuleEvents>
