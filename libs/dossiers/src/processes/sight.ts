import type { LocalDate } from '#calendar'
import type { OwedDuty } from '../domain/accountability.events.js'
import type { Reminder } from '../domain/accountability.rule.js'

/** A reminder with its moment. ISO instant. */
export interface DatedReminder extends Reminder {
  readonly at: string
}

/** A dossier as the process sees it at one moment: all that it acts on, and nothing personal. */
export interface Sight {
  /** Aggregate of the dossier. */
  readonly key: string
  readonly source: string
  readonly dossier: string
  /** The moment. ISO instant. */
  readonly at: string
  /** Due time of the timer that woke the process; null where a fact did. */
  readonly fired: string | null
  /** The legal due date; null where there is none, or none that can be reckoned. */
  readonly due: LocalDate | null
  /** Whether its result, end or present is after the due date. */
  readonly late: boolean
  /** Of a clock that runs: when lateness is announced, and when it begins. */
  readonly expectedAt: string | null
  readonly overdueAt: string | null
  /** Where a delay would arise. */
  readonly unit: string | null
  /** Of a late dossier. */
  readonly since: LocalDate | null
  readonly missing: readonly OwedDuty[]
  readonly reminders: readonly DatedReminder[]
  /** The supplement that is waited for: its last day, and when that is over. */
  readonly supplement: { readonly due: LocalDate; readonly over: string } | null
  /** A fact on record has yet to happen then. */
  readonly nextFactAt: string | null
  /** Versions that the dates rest on, such as `vn/7`. */
  readonly calendar: string
  readonly rule: string
  /** Why nothing could be judged: `calendar-year-unknown`, or `procedure-unknown` where none is in force; null otherwise. */
  readonly unreckoned: string | null
}
