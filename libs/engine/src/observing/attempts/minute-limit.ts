/** Attempts of one actor that are only counted. */
export interface Suppressed {
  readonly actor: string
  count: number
  readonly codes: Record<string, number>
  since: string
  until: string
}

interface Minute {
  readonly minute: string
  noted: number
}

/**
 * Lets so many attempts of an actor through in a minute and counts the others. Actors are those on record and one
 * for all that are unknown, so what is kept stays small; those who have been quiet are forgotten.
 */
export class MinuteLimit {
  readonly #minutes = new Map<string, Minute>()
  #suppressed = new Map<string, Suppressed>()

  constructor(private readonly perMinute: number) {}

  /** Whether one more may be noted. */
  admits(actor: string, at: string): boolean {
    const minute = at.slice(0, 16)
    const current = this.#minutes.get(actor)
    if (current?.minute === minute) return ++current.noted <= this.perMinute
    this.#minutes.set(actor, { minute, noted: 1 })
    return true
  }

  count(actor: string, code: string, at: string): void {
    this.add({ actor, count: 1, codes: { [code]: 1 }, since: at, until: at })
  }

  add({ actor, count, codes, since, until }: Suppressed): void {
    const known = this.#suppressed.get(actor)
    if (known === undefined)
      return void this.#suppressed.set(actor, { actor, count, codes: { ...codes }, since, until })
    known.count += count
    for (const [code, times] of Object.entries(codes)) known.codes[code] = (known.codes[code] ?? 0) + times
    if (since < known.since) known.since = since
    if (until > known.until) known.until = until
  }

  /** What was counted since a minute that is over, or all; it is the caller's from here on. */
  take(now: string, all: boolean): readonly Suppressed[] {
    const minute = now.slice(0, 16)
    const taken = [...this.#suppressed.values()].filter(({ since }) => all || since < minute)
    for (const { actor } of taken) this.#suppressed.delete(actor)
    for (const [actor, { minute: last }] of this.#minutes) if (last < minute) this.#minutes.delete(actor)
    return taken
  }

  get isIdle(): boolean {
    return this.#suppressed.size === 0
  }
}
