import type { DutiesSight } from '#accountability'
import type { LocalDate } from '#calendar'
/** A dossier as the process sees it at one moment: all that it acts on, and nothing personal. */
export interface Sight extends DutiesSight {
  /** Aggregate of the dossier. */
  readonly key: string
  readonly source: string
  readonly dossier: string
  /** Due time of the timer that woke the process; null where a fact did. */
  readonly fired: string | null
  /** Where a delay would arise. */
  readonly unit: string | null
  /** Of a late dossier. */
  readonly since: LocalDate | null
  /** The supplement that is waited for: its last day, and when that is over. */
  readonly supplement: { readonly due: LocalDate; readonly over: string } | null
  /** A fact on record has yet to happen then. */
  readonly nextFactAt: string | null
  /** Versions that the dates rest on, such as `vn/7`; of the rule that in force on the day of the moment. */
  readonly calendar: string
  readonly rule: string
  /** Why nothing could be judged: `calendar-year-unknown`, or `procedure-unknown` where none is in force; null otherwise. */
  readonly unreckoned: string | null
}
