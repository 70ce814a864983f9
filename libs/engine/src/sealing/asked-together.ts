import type { KeyRow } from './key-table.js'

interface Batch {
  /** Subjects, or ids of keys. */
  readonly asked: Set<string>
  /** By what was asked for. */
  readonly answer: Promise<ReadonlyMap<string, KeyRow>>
}

/** What is asked for while a question is under way goes together in the next: many pay for few round trips. */
export class AskedTogether {
  #next: Batch | undefined
  #underWay: Promise<unknown> = Promise.resolve()

  constructor(private readonly ask: (asked: readonly string[]) => Promise<ReadonlyMap<string, KeyRow>>) {}

  add(names: readonly string[]): Promise<ReadonlyMap<string, KeyRow>> {
    const batch = (this.#next ??= this.#begin())
    for (const name of names) batch.asked.add(name)
    return batch.answer
  }

  #begin(): Batch {
    const asked = new Set<string>()
    const answer = this.#underWay
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.ask([...asked])
      })
    this.#underWay = answer
    return { asked, answer }
  }
}
