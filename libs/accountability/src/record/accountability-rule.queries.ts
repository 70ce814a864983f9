import 'reflect-metadata'
import { IsOptional, Matches } from 'class-validator'
import { IsLocalDate, localDateOf } from '#calendar'
import type { Asking, Query } from '#engine'
import { availableTransitions, NoData, type AvailableTransition } from '#engine/workflow'
import { notFound } from '#kernel'
import { ruleOn, type AccountabilityRule } from '../domain/accountability-rule.js'
import { accountabilityRuleWorkflow } from '../domain/accountability-rule.workflow.js'
import { accountabilityRules, recordedRules } from './accountability-rules.js'

/** What offices are held to is no secret. */
const everyone = [
  'clerk',
  'lead-officer',
  'head',
  'assigner',
  'home-affairs',
  'inspectorate',
  'auditor',
  'operator',
  'connector',
  'system',
] as const

export class FindAccountabilityRule {
  /** Such as `accountability/2`, which an expectation or opened duties name. */
  @IsOptional() @Matches(/^accountability\/[1-9]\d{0,5}$/) version?: string
  /** Instead: the version in force on this day; default: today in Vietnam. */
  @IsOptional() @IsLocalDate() date?: string
}

/** When late dossiers are announced, and when who is reminded: by a version, or as in force on a day. */
export const findAccountabilityRule: Query<FindAccountabilityRule, AccountabilityRule> = {
  name: 'accountability-rule.version',
  text: { vi: 'Quy tắc nhắc việc về hồ sơ chậm, muộn', en: 'The accountability rule' },
  input: FindAccountabilityRule,
  roles: everyone,
  view: null,
  async answer({ params, store, now }: Asking<FindAccountabilityRule>) {
    const { version, date = localDateOf(now) } = params
    if (version === undefined) return ruleOn(await accountabilityRules(store), date)
    const versions = (await recordedRules(store)).at(-1)?.state.versions ?? []
    const found = versions.find((rule) => rule.version === version)
    if (found === undefined) throw versionUnknown(version)
    return found
  },
}

/** A version, and when it was recorded. */
export interface AccountabilityRuleListed extends AccountabilityRule {
  readonly recordedAt: string
  /** Place in the log. */
  readonly position: string
}

/** Every version with the document behind it, the first one first. */
export const listAccountabilityRules: Query<NoData, readonly AccountabilityRuleListed[]> = {
  name: 'accountability-rule.versions',
  text: { vi: 'Các phiên bản quy tắc nhắc việc', en: 'Versions of the accountability rule' },
  input: NoData,
  roles: everyone,
  view: null,
  async answer({ store }) {
    const states = await recordedRules(store)
    return states.map(({ state: { versions }, recordedAt, position }) => ({
      ...versions.at(-1)!,
      recordedAt: recordedAt.toISOString(),
      position: String(position),
    }))
  },
}

/** What the actor may do with the rule now, and why not the rest. */
export const accountabilityRuleTransitions: Query<NoData, readonly AvailableTransition[]> = {
  name: 'accountability-rule.transitions',
  text: { vi: 'Các thao tác với quy tắc nhắc việc', en: 'What may be done with the accountability rule' },
  input: NoData,
  roles: everyone,
  view: null,
  async answer({ store, actor }) {
    const { state } = (await recordedRules(store)).at(-1) ?? { state: accountabilityRuleWorkflow.initial }
    return availableTransitions(accountabilityRuleWorkflow, state, actor)
  },
}

function versionUnknown(version: string): Error {
  return notFound(
    'rule-version-unknown',
    {
      vi: `Không có phiên bản quy tắc “${version}”. Xem các phiên bản bằng: roviec accountability-rule versions.`,
      en: `There is no version ${version} of the rule. See them: roviec accountability-rule versions.`,
    },
    { version },
  )
}
