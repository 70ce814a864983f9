/** Kept in a report and in the record: whoever has more to put right begins with these. */
export const maxListed = 500

/** What is told in a list: the first of it, and how much there is. */
export class CountedList<Item> {
  readonly first: Item[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  add(...items: readonly Item[]): void {
    this.#count += items.length
    this.first.push(...items.slice(0, maxListed - this.first.length))
  }
}
