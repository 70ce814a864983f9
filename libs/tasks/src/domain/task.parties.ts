import type { Text } from '#kernel'
import { party, reaches, type Actor, type Party } from '#engine/workflow'
import type { Assigner } from './task.events.js'
import type { TaskState } from './task.state.js'

export const supervisors: Text = {
  vi: 'Sở Nội vụ, thanh tra tỉnh, người kiểm tra, giám sát',
  en: 'Home Affairs, the inspectorate, an auditor',
}

/**
 * Who may act on tasks. Sở Nội vụ (`home-affairs`), Thanh tra tỉnh (`inspectorate`), auditors, operators and
 * connectors are no party to any transition: they read.
 */
export const clerk: Party<TaskState> = party(
  'clerk',
  { vi: 'chuyên viên Văn phòng UBND tỉnh', en: 'a clerk of the provincial office' },
  isClerk,
)

export const assigner: Party<TaskState> = party(
  'assigner',
  { vi: 'người giao nhiệm vụ', en: 'the assigner' },
  (actor, state) =>
    actor.roles.includes('assigner') &&
    (state.assigner === null || mayActAs(actor, state.assigner)) &&
    (state.status === 'absent' || reachesLead(actor, state)),
)

/** An officer or the head of an agency that leads, or of one that has a leading agency in its scope. */
export const leadAgency: Party<TaskState> = party(
  'lead-agency',
  { vi: 'cơ quan chủ trì', en: 'the lead agency' },
  (actor, state) =>
    (actor.roles.includes('lead-officer') || actor.roles.includes('head')) && leads(actor, state),
)

export const headOfLead: Party<TaskState> = party(
  'head',
  { vi: 'người đứng đầu cơ quan chủ trì', en: 'the head of the lead agency' },
  (actor, state) => actor.roles.includes('head') && leads(actor, state),
)

/**
 * Any agency under a collective lead such as "Các sở, ban, ngành": it may report, while issuing, accepting and
 * extending for all of them are acts of the clerk or the assigner until the lead is expanded into agencies.
 */
export const memberOfCollectiveLead: Party<TaskState> = party(
  'member-of-collective-lead',
  { vi: 'cơ quan thuộc nhóm cùng chủ trì', en: 'an agency under a collective lead' },
  (actor, state) =>
    (actor.roles.includes('lead-officer') || actor.roles.includes('head')) &&
    actor.agency !== null &&
    state.lead.some((lead) => lead.collective),
)

/** Timers and other processes of the system itself. */
export const system: Party<TaskState> = party('system', { vi: 'hệ thống', en: 'the system' }, (actor) =>
  actor.roles.includes('system'),
)

/**
 * Sở Nội vụ, which reports on lateness and its reasons, Thanh tra tỉnh and auditors, which examine who answers for it:
 * each within its scope.
 */
const supervisor: Party<TaskState> = party(
  'supervisor',
  supervisors,
  (actor, state) => isSupervisor(actor) && reachesLead(actor, state),
)

/**
 * Who reads reasons, explanations, apologies and reports: those who write them or decide on them, and those who
 * supervise. Agencies that only coordinate see that something was said and what came of it. Operators, connectors and
 * the system itself read nothing.
 */
export const personalReaders: readonly Party<TaskState>[] = [
  clerk,
  assigner,
  leadAgency,
  memberOfCollectiveLead,
  supervisor,
]

export function isSupervisor({ roles }: Actor): boolean {
  return ['home-affairs', 'inspectorate', 'auditor'].some((role) => roles.includes(role))
}

export function isClerk(actor: Actor, state: TaskState): boolean {
  return actor.roles.includes('clerk') && (state.status === 'absent' || reachesLead(actor, state))
}

/** Whether the actor is the assigner named, or the assigner's agency lies within the actor's scope. */
export function mayActAs(actor: Actor, { agencyId }: Assigner): boolean {
  return agencyId === null || actor.agency === agencyId || reaches(actor, agencyId)
}

/** Whether the actor's own agency leads: grounds for separating duties. */
export function isOfLeadAgency(actor: Actor, state: TaskState): boolean {
  return actor.agency !== null && state.lead.some((lead) => lead.agencyId === actor.agency)
}

/** A superior agency answers for its subordinates by name; whoever merely sees the whole province does not. */
function answersFor(actor: Actor, agencyId: string): boolean {
  return actor.scope !== 'all' && actor.scope.includes(agencyId)
}

function leads(actor: Actor, state: TaskState): boolean {
  return state.lead.some(
    ({ agencyId, collective }) =>
      !collective && agencyId !== null && (actor.agency === agencyId || answersFor(actor, agencyId)),
  )
}

/** A lead that is collective, not recognised or not named yet lies within no scope but that of all agencies. */
function reachesLead(actor: Actor, state: TaskState): boolean {
  return actor.scope === 'all' || state.lead.some((lead) => reaches(actor, lead.agencyId))
}
