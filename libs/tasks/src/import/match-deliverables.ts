import { foldVietnamese, tidyVietnamese } from '#kernel'

interface Named {
  readonly product: string
  readonly deadlineRaw: string | null
}

/**
 * Which product on record each product of a file is; null for one that the record has not. A product keeps its place
 * in the record wherever the file has moved it: what was put in above it is new, it is not renamed.
 *
 * The same words with the same deadline come first, then the same words, then words of which half are shared, the most
 * alike first. What is left was renamed where as many are left on both sides; else nobody can tell.
 */
export function matchDeliverables<Recorded extends Named>(
  recorded: readonly Recorded[],
  inFile: readonly Named[],
): (Recorded | null)[] {
  const matched = inFile.map((): Recorded | null => null)
  const left = new Set(recorded)
  const open = (): number[] => matched.flatMap((match, index) => (match === null ? [index] : []))
  const take = (index: number, match: Recorded): void => {
    matched[index] = match
    left.delete(match)
  }
  for (const same of [hasSameWordsAndDeadline, hasSameWords])
    for (const index of open()) {
      const match = [...left].find((one) => same(one, inFile[index]!))
      if (match !== undefined) take(index, match)
    }
  const alike = open()
    .flatMap((index) => [...left].map((one) => ({ index, one, share: sharedWords(one, inFile[index]!) })))
    .filter(({ share }) => share >= 0.5)
    .toSorted((a, b) => b.share - a.share)
  for (const { index, one } of alike) if (matched[index] === null && left.has(one)) take(index, one)
  const renamed = open()
  if (renamed.length === left.size) for (const [at, one] of [...left].entries()) take(renamed[at]!, one)
  return matched
}

function hasSameWords(a: Named, b: Named): boolean {
  return tidyVietnamese(a.product) === tidyVietnamese(b.product)
}

function hasSameWordsAndDeadline(a: Named, b: Named): boolean {
  return hasSameWords(a, b) && tidyVietnamese(a.deadlineRaw ?? '') === tidyVietnamese(b.deadlineRaw ?? '')
}

/** Sørensen–Dice over the words, without regard to diacritics and case: 1 where they are the same, 0 where none is. */
function sharedWords(a: Named, b: Named): number {
  const [one, other] = [a, b].map(({ product }) => new Set(foldVietnamese(product).split(/\s+/u))) as [
    Set<string>,
    Set<string>,
  ]
  const shared = [...one].filter((word) => other.has(word)).length
  return (2 * shared) / (one.size + other.size)
}
