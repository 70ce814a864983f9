import type { SpanContent } from './span-rows.js'

/** By what figures are broken down, and what of the province they can be asked of. */
export const dimensions = ['agency', 'field', 'procedure', 'channel'] as const
export type Dimension = (typeof dimensions)[number]

/**
 * A part of the province that figures are kept of: one value of a dimension (`second` is empty), or of two. So a
 * breakdown of everything, and one of what has a given value of another dimension, are read from sums.
 */
export interface Cell {
  /** `field`, or `agency+field` in the order of `dimensions`. */
  readonly kind: string
  readonly first: string
  readonly second: string
}

const pairs = dimensions.flatMap((one, at) => dimensions.slice(at + 1).map((other) => [one, other] as const))

/** All that a span counts in, always in the same order. */
export function cellsOf(span: SpanContent): Cell[] {
  return [
    ...dimensions.map((dimension) => ({ kind: dimension, first: span[dimension], second: '' })),
    ...pairs.map(([one, other]) => ({ kind: `${one}+${other}`, first: span[one], second: span[other] })),
  ]
}

/** No two cells have the same: no value holds a NUL. */
export function cellText({ kind, first, second }: Cell): string {
  return `${kind}\0${first}\0${second}`
}

/** The kind that is asked by these dimensions, and which column has which; null where there are no sums of so many. */
export function kindOf(
  asked: ReadonlySet<Dimension>,
): { readonly kind: string; readonly columnOf: (dimension: Dimension) => 'first' | 'second' } | null {
  const [first, second, third] = dimensions.filter((dimension) => asked.has(dimension))
  if (first === undefined || third !== undefined) return null
  return {
    kind: second === undefined ? first : `${first}+${second}`,
    columnOf: (dimension) => (dimension === second ? 'second' : 'first'),
  }
}

/** Of two dimensions. */
export function isPair({ kind }: Pick<Cell, 'kind'>): boolean {
  return kind.includes('+')
}
