/** A source of chance that tells the same for the same numbers, on every machine. */
export interface Chance {
  /** In [0, 1). */
  share(): number
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number
  /** One of those named, each as often as its weight says. */
  oneOf<Choice>(weighted: readonly (readonly [Choice, number])[]): Choice
}

/**
 * Its own for each seed and index, so that a dossier is the same whatever stands before it. The generator is a counter
 * mixed by the finaliser of MurmurHash3, which is quick and even enough to draw cases with; it is not for secrets.
 */
export function chanceOf(seed: number, index: number): Chance {
  let state = mixed((seed ^ Math.imul(index, 0x9e3779b1)) >>> 0) ^ mixed((index + 0x85ebca6b) >>> 0)
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    return mixed(state) / 2 ** 32
  }
  return {
    share,
    whole: (from, to) => from + Math.floor(share() * (to - from + 1)),
    oneOf(weighted) {
      let left = share() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [choice, weight] of weighted) {
        left -= weight
        if (left < 0) return choice
      }
      return weighted.at(-1)![0]
    },
  }
}

function mixed(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
