import type { Assessment } from '../assessment.js'
import type { Share } from './formula.js'

export interface Fraction {
  readonly numerator: number
  readonly denominator: number
  /** Two decimals, half up; null where the denominator is 0. */
  readonly percent: number | null
}

/** A figure with the list behind it. */
export interface Rate extends Fraction {
  /** Each dossier of the denominator. */
  readonly items: readonly RateItem[]
}

export interface RateItem {
  readonly source: string
  readonly dossier: string
  readonly numerator: 0 | 1
}

/** Counts one formula over dossiers as they come. */
export class RateCount {
  readonly #items: RateItem[] = []
  #numerator = 0

  add({ source, dossier }: Assessment, [numerator, denominator]: Share): void {
    if (denominator === 0) return
    this.#items.push({ source, dossier, numerator })
    this.#numerator += numerator
  }

  rate(): Rate {
    return { ...fractionOf(this.#numerator, this.#items.length), items: this.#items }
  }
}

export function fractionOf(numerator: number, denominator: number): Fraction {
  return { numerator, denominator, percent: percentOf(numerator, denominator) }
}

/** Whole numbers to the last step: 1 of 800 is 0.13, where 0.125 rounded as a binary fraction could become 0.12. */
export function percentOf(numerator: number, denominator: number): number | null {
  if (denominator === 0) return null
  return Math.floor((numerator * 20_000 + denominator) / (2 * denominator)) / 100
}
