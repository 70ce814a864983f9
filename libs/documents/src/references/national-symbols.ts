/** Symbols that only one body of the state uses; ministries are left to the register of agencies. */
const national = new Map([
  ['CP', 'Chính phủ'],
  ['TTg', 'Thủ tướng Chính phủ'],
  ['CTN', 'Chủ tịch nước'],
  ['VPCP', 'Văn phòng Chính phủ'],
])

/** The issuer that the symbol alone tells: `NQ-CP`, `QĐ-TTg`, `QH15`; null for every other. */
export function nationalIssuer(segments: readonly string[]): string | null {
  const [first = ''] = segments
  const organ = segments.length > 1 ? segments[1]! : first
  if (segments.length <= 2 && /^(NQ-)?QH\d+$/.test(organ)) return 'Quốc hội'
  if (segments.length <= 2 && /^UBTVQH\d+$/.test(organ)) return 'Ủy ban Thường vụ Quốc hội'
  if (first === 'VPCP') return national.get('VPCP')!
  return segments.length === 2 ? (national.get(organ) ?? null) : null
}
