import { warnings } from './import-warnings.js'
import type { ImportWarning } from './interpreted-plan.js'

/**
 * Gives the rows of one section their labels, unique in it, and tells where the sequence is broken. Numbers may
 * start at 1 in every section or run on through the plan. Keeps the labels of the section in hand, nothing more.
 */
export class SttSequence {
  readonly #uses = new Map<string, number>()
  readonly #before: number
  #last: number | null = null

  /** @param before The last number of the section before: a plan may count on. */
  constructor(before = 0) {
    this.#before = before
  }

  get last(): number {
    return this.#last ?? this.#before
  }

  /** The label as it stands in the code, "5" or "5:2"; `prefix` is what comes before it there. */
  next(
    row: number,
    label: string,
    number: number | null,
    prefix: string,
  ): { unique: string; warnings: ImportWarning[] } {
    const uses = (this.#uses.get(label) ?? 0) + 1
    this.#uses.set(label, uses)
    if (uses > 1) {
      const unique = `${label}:${uses}`
      return { unique, warnings: [warnings.sttRepeated(row, label, prefix + unique)] }
    }
    return { unique: label, warnings: number === null ? [] : this.#advance(row, number) }
  }

  #advance(row: number, number: number): ImportWarning[] {
    const before = this.#last ?? (number === this.#before + 1 ? this.#before : 0)
    this.#last = Math.max(before, number)
    if (number <= before) return [warnings.sttDecreasing(row, String(number), before)]
    if (number === before + 1) return []
    const missing = number === before + 2 ? String(before + 1) : `${before + 1}–${number - 1}`
    return [warnings.sttSkipped(row, missing)]
  }
}
