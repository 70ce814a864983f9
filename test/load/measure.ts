/** Calls `operation` from `concurrency` loops until `seconds` have passed; gives operations per second. */
export async function throughput(
  concurrency: number,
  seconds: number,
  operation: (worker: number) => Promise<unknown>,
): Promise<number> {
  const begin = performance.now()
  const end = begin + seconds * 1_000
  let done = 0
  const loops = await Promise.allSettled(
    Array.from({ length: concurrency }, async (_, worker) => {
      for (; performance.now() < end; done++) await operation(worker)
    }),
  )
  // Not before all have ended: what comes next is measured alone.
  for (const loop of loops) if (loop.status === 'rejected') throw loop.reason
  return (done * 1_000) / (performance.now() - begin)
}

/** What `work` did, counted by itself, a second. */
export async function rate(work: () => Promise<number>): Promise<number> {
  const begin = performance.now()
  const count = await work()
  return (count * 1_000) / (performance.now() - begin)
}

/** Calls `operation` for 0 … count-1 from `concurrency` loops; gives operations per second. */
export async function throughputOf(
  count: number,
  concurrency: number,
  operation: (index: number) => Promise<unknown>,
): Promise<number> {
  const begin = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < count) await operation(next++)
    }),
  )
  return (count * 1_000) / (performance.now() - begin)
}

/** What a figure has to be, at least or at most. */
export type Target = { readonly atLeast: number } | { readonly atMost: number }

/** As it is printed behind the figure. */
export function judged(figure: number, target: Target): string {
  if ('atLeast' in target)
    return `at least ${target.atLeast.toFixed(2)}: ${figure >= target.atLeast ? 'reached' : 'falls short'}`
  return `at most ${target.atMost.toFixed(2)}: ${figure <= target.atMost ? 'reached' : 'falls short'}`
}

export interface Contender {
  readonly name: string
  /** Of its ratio to the first. */
  readonly target?: Target
  /** One round; gives operations per second. */
  readonly run: () => Promise<number>
}

/** A machine on which more rounds than these are lost measures nothing. */
const repeatsAtMost = 3

/**
 * Lets the contenders take turns, so that whatever else the machine does falls on all of them, and prints the median
 * of each, and the median of its ratios to the first within one round: a machine that grows busier or slower from
 * round to round moves neither. The first round warms up and does not count.
 *
 * @param lost prepares a round to be run again, for all contenders, when one of them failed by no fault of its own;
 *   gives false for any other failure, which ends the bench
 */
export async function compare(
  title: string,
  rounds: number,
  contenders: readonly Contender[],
  lost: (error: unknown) => boolean = () => false,
): Promise<void> {
  const figures = contenders.map((): number[] => [])
  let repeats = 0
  for (let round = 0; round <= rounds; round++)
    try {
      const found: number[] = []
      for (const contender of contenders) found.push(await contender.run())
      if (round > 0) found.forEach((figure, index) => figures[index]!.push(figure))
    } catch (error) {
      if (!lost(error) || ++repeats > repeatsAtMost) throw error
      console.log(`  round ${round} is run again: ${String(error)}`)
      round--
    }
  const medians = figures.map(median)
  console.log(title)
  contenders.forEach(({ name, target }, index) => {
    const ratio = median(figures[index]!.map((figure, round) => figure / figures[0]![round]!))
    const figure = `${medians[index]!.toFixed(0).padStart(9)}/s  ${ratio.toFixed(2).padStart(6)}×`
    console.log(`  ${name.padEnd(44)} ${figure}${target === undefined ? '' : `  ${judged(ratio, target)}`}`)
  })
}

export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!
}
