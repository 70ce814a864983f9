import type { LocalDate } from '#calendar'
import type { Text } from '#kernel'
import type { DocumentKind } from './document-types.js'

type ReferenceWarningCode =
  | 'date-impossible'
  | 'date-implausible'
  | 'date-incomplete'
  | 'kind-differs-from-symbol'
  | 'number-missing'
  | 'symbol-incomplete'
  | 'symbol-shared'

/** Something misprinted or missing in a reference: told to a person, never repaired in silence. */
export interface ReferenceWarning {
  readonly code: ReferenceWarningCode
  readonly text: Text
  /** The words it speaks of, as printed. */
  readonly raw: string
}

/** A document as another text cites it. What the text does not say is null. */
export interface DocumentReference {
  /** Type in Vietnamese, "Kế hoạch"; null where neither words nor symbol tell (`198/2025/QH15` alone). */
  readonly kind: DocumentKind | null
  /** "KH"; null for official letters (công văn) and laws, which have none. */
  readonly typeCode: string | null
  /** Number and symbol as printed, without stray spaces: "19/KH-UBND". Null while the number is not known. */
  readonly number: string | null
  /** What follows number and year: "KH-UBND", "KH/TU" for Party texts. */
  readonly symbol: string | null
  /** Year of the number, else of the date, also where the day itself is missing or misprinted. */
  readonly year: number | null
  readonly date: LocalDate | null
  /** Issuing agency in the words of the text, or as a national symbol tells it; not resolved to an agency. */
  readonly issuer: string | null
  readonly raw: string
  /** UTF-16 offsets into the text given: `text.slice(start, end) === raw`. */
  readonly start: number
  readonly end: number
  readonly warnings: readonly ReferenceWarning[]
}
