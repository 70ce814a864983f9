import { party, reaches, type Actor, type Party } from '#engine/workflow'
import type { DossierState } from './dossier.state.js'

/** A system that reports, or a clerk who brings in its export. */
export const reporter: Party<DossierState> = party(
  'reporter',
  { vi: 'hệ thống kết nối, chuyên viên Văn phòng UBND tỉnh', en: 'a connected system, a clerk' },
  ({ roles }) => roles.some((role) => ['connector', 'clerk', 'system'].includes(role)),
)

export const clerk: Party<DossierState> = party(
  'clerk',
  { vi: 'chuyên viên Văn phòng UBND tỉnh', en: 'a clerk of the provincial office' },
  (actor, state) => actor.roles.includes('clerk') && sees(actor, state),
)

/** An officer or the head of an agency that the dossier names. */
export const unit: Party<DossierState> = party(
  'unit',
  { vi: 'cơ quan, đơn vị giải quyết hồ sơ', en: 'an agency that handles the dossier' },
  (actor, state) =>
    (actor.roles.includes('lead-officer') || actor.roles.includes('head')) && handles(actor, state),
)

export const head: Party<DossierState> = party(
  'head',
  { vi: 'người đứng đầu cơ quan giải quyết hồ sơ', en: 'the head of an agency that handles the dossier' },
  (actor, state) => actor.roles.includes('head') && handles(actor, state),
)

/** Those who report on lateness or examine who answers for it; no party to any transition. */
export const supervisor: Party<DossierState> = party(
  'supervisor',
  {
    vi: 'Sở Nội vụ, thanh tra tỉnh, người kiểm tra, giám sát',
    en: 'Home Affairs, the inspectorate, an auditor',
  },
  (actor, state) =>
    ['home-affairs', 'inspectorate', 'auditor'].some((role) => actor.roles.includes(role)) &&
    sees(actor, state),
)

/** Timers and other processes of the system itself. */
export const system: Party<DossierState> = party(
  'system',
  { vi: 'hệ thống', en: 'the system' },
  ({ roles }) => roles.includes('system'),
)

/** Whether the dossier lies within the actor's scope. */
export function sees(actor: Actor, { agencies }: DossierState): boolean {
  return actor.scope === 'all' || Object.values(agencies).some((id) => reaches(actor, id))
}

/** By name: whoever merely sees the whole province does not handle its dossiers. */
function handles(actor: Actor, { agencies }: DossierState): boolean {
  return Object.values(agencies).some((id) => isOf(actor, id))
}

/** Of the agency, or of one above it that it is in the scope of. */
export function isOf({ agency, scope }: Actor, id: string): boolean {
  return agency === id || (scope !== 'all' && scope.includes(id))
}
