import { foldVietnamese } from '#kernel'
import { isSameAgency, type AgencyIds } from './agency-identity.js'
import type { Person } from './dossier.message.js'

/** Signs for the head: KT. (ký thay, by a deputy), TL. (thừa lệnh), TUQ. (thừa ủy quyền). */
const onBehalf = /(^|[^a-z])(kt|tl|tuq)([^a-z]|$)|(^|[^a-z])(pho|deputy|vice)([^a-z]|$)/
/** TM. (thay mặt, for a collective) and Q. (acting head) leave the signature the head's. */
const head =
  /(^|[^a-z])(head|chu tich|chairman|director|(tong )?giam doc|(chi )?cuc truong|tong cuc truong|chanh van phong|chanh thanh tra|bo truong|vien truong|hieu truong|thu truong|nguoi dung dau|truong ban|truong chi nhanh)([^a-z]|$)/
const headOfDivision = /(^|[^a-z])(truong phong|truong bo phan|truong trung tam)([^a-z]|$)/

/**
 * Whether the position is that of the head of the agency. "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC" is not. A Trưởng phòng heads a
 * phòng, not the Sở it belongs to.
 */
export function isHead(position: string, agency: string | null): boolean {
  const folded = foldVietnamese(position)
  if (onBehalf.test(folded)) return false
  if (head.test(folded)) return true
  return headOfDivision.test(folded) && /^(phong|bo phan|trung tam)/.test(foldVietnamese(agency ?? ''))
}

/** Whether somebody else than the head of the agency signed. What is not recorded proves nothing. */
export function isWrongSigner(ids: AgencyIds, signer: Person | null, agency: string | null): boolean {
  if (signer === null) return false
  if (signer.agency !== null && agency !== null && !isSameAgency(ids, signer.agency, agency)) return true
  return signer.position !== null && !isHead(signer.position, signer.agency ?? agency)
}
