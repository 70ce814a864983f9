import type { Text } from '#kernel'

/** The roles of the system. A role says what kind of act; the scope says on whose records. */
export const roles = {
  clerk: { vi: 'Chuyên viên Văn phòng UBND tỉnh', en: 'clerk of the provincial office' },
  'lead-officer': { vi: 'Công chức cơ quan chủ trì', en: 'officer of the lead agency' },
  head: { vi: 'Người đứng đầu cơ quan', en: 'head of agency' },
  assigner: { vi: 'Người giao nhiệm vụ', en: 'assigner' },
  'home-affairs': { vi: 'Sở Nội vụ (thường trực CCHC)', en: 'Home Affairs (standing body of the reform)' },
  inspectorate: { vi: 'Thanh tra tỉnh', en: 'provincial inspectorate' },
  auditor: { vi: 'Người kiểm tra, giám sát', en: 'auditor' },
  operator: { vi: 'Người vận hành hệ thống', en: 'operator of the system' },
  connector: { vi: 'Hệ thống kết nối', en: 'connected system' },
  system: { vi: 'Hệ thống', en: 'the system itself' },
} as const satisfies Record<string, Text>

export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as readonly Role[]

/** Nobody but the program itself acts as the system: what timers and seeds say must not come from a person. */
export const assignableRoles = roleNames.filter((role) => role !== 'system')
