/* oxlint-disable jest/no-standalone-expect, jest/expect-expect -- the steps of the one test hold its assertions */
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deriveId, newId } from '#kernel'
import type { EventStore, ExpectedRevision, NewEvent, Position, RecordedEvent } from '../port/event-store.js'
import { EventIdTaken, StreamRevisionMismatch } from '../port/errors.js'
import {
  caughtUp,
  collect,
  deliveriesUntil,
  eventsOf,
  freshCategory,
  ids,
  type StoreAccess,
} from './harness.js'
import { Oracle, type Answer } from './oracle.js'

type Step =
  | {
      readonly do: 'append'
      readonly stream: string
      readonly events: readonly EventSeed[]
      readonly expected: ExpectedRevision
    }
  | {
      readonly do: 'readStream'
      readonly stream: string
      readonly direction?: 'forward' | 'backward'
      readonly fromRevision?: bigint
      readonly limit?: number
    }
  | ReadAllStep
  | { readonly do: 'follow'; readonly pageSize: number; readonly pages: number }

interface ReadAllStep {
  readonly do: 'readAll'
  readonly direction?: 'forward' | 'backward'
  readonly types?: readonly string[]
  readonly stream?: string
  readonly limit?: number
  readonly pageSize?: number
  /** Where to start, as a share of the log; outside 0…1 the respective end. */
  readonly start: number
}

interface EventSeed {
  readonly id: number
  readonly type: string
  readonly value: number
}

const stream = fc.constantFrom('a', 'ab', 'b')
const type = fc.constantFrom('thing.A', 'thing.B')
const direction = fc.constantFrom('forward' as const, 'backward' as const)
/** Few ids, so that repetitions and overlaps are frequent; the value mostly follows from the id, so that they agree. */
const seed = fc
  .record({ id: fc.nat(25), type: fc.constant('thing.A'), odd: fc.nat(12) })
  .map(({ id, odd }) => ({ id, type: id % 2 ? 'thing.A' : 'thing.B', value: odd === 0 ? 1 : 0 }))
const run = fc.record({ from: fc.nat(25), length: fc.integer({ min: 1, max: 4 }) }).map(({ from, length }) =>
  Array.from({ length }, (_, index) => ({
    id: from + index,
    type: (from + index) % 2 ? 'thing.A' : 'thing.B',
    value: 0,
  })),
)
const expected = fc.oneof(
  fc.constantFrom<ExpectedRevision>('any', 'any', 'no-stream', 'stream-exists'),
  fc.bigInt({ min: 0n, max: 6n }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      stream,
      events: fc.oneof(run, fc.uniqueArray(seed, { maxLength: 3, selector: ({ id }) => id })),
      expected,
    }),
  },
  fc.record(
    {
      do: fc.constant('readStream' as const),
      stream,
      direction,
      fromRevision: fc.bigInt({ min: 0n, max: 8n }),
      limit: fc.nat(5),
    },
    { requiredKeys: ['do', 'stream'] },
  ),
  fc.record(
    {
      do: fc.constant('readAll' as const),
      direction,
      types: fc.uniqueArray(type),
      stream,
      limit: fc.nat(8),
      pageSize: fc.integer({ min: 1, max: 4 }),
      start: fc.double({ min: -0.5, max: 1.2, noNaN: true }),
    },
    { requiredKeys: ['do', 'start'] },
  ),
  fc.record({
    do: fc.constant('follow' as const),
    pageSize: fc.integer({ min: 1, max: 4 }),
    pages: fc.nat(3),
  }),
)

export function modelContract(store: StoreAccess): void {
  it('answers any sequence of calls as the slow, obvious model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const compare = await Comparison.start(store())
        for (const one of steps) await compare.step(one)
        await compare.end()
      }),
      { numRuns: 60 },
    )
  })
}

/** One run: store and oracle side by side, in a category of its own, and a subscriber that goes on in pieces. */
class Comparison {
  readonly #oracle = new Oracle()
  readonly #category = freshCategory()
  readonly #run = newId()
  readonly #seen: string[] = []
  #at: Position

  private constructor(
    readonly store: EventStore,
    readonly from: Position,
  ) {
    this.#at = from
  }

  static async start(store: EventStore): Promise<Comparison> {
    return new Comparison(store, await store.head())
  }

  async step(step: Step): Promise<void> {
    if (step.do === 'append')
      await this.#append(
        step.stream,
        step.events.map((one) => this.#event(one)),
        step.expected,
      )
    else if (step.do === 'readStream') {
      const name = `${this.#category}${step.stream}`
      expect(ids(await this.store.readStream(name, step))).toEqual(this.#oracle.readStream(name, step))
    } else if (step.do === 'readAll') await this.#readAll(step)
    else await this.#follow(step.pageSize, step.pages)
  }

  /** The subscriber gets the rest, and the whole log is compared. */
  async end(): Promise<void> {
    await this.#follow(3, Infinity)
    expect(this.#seen).toEqual(this.#oracle.ids)
    expect(ids(await this.#mine())).toEqual(this.#oracle.ids)
  }

  async #append(name: string, events: readonly NewEvent[], wanted: ExpectedRevision): Promise<void> {
    const full = `${this.#category}${name}`
    expect(await answer(this.store, full, events, wanted)).toEqual(this.#oracle.append(full, events, wanted))
  }

  async #readAll({ start, stream: name, ...options }: ReadAllStep): Promise<void> {
    const log = await this.#mine()
    const place = Math.floor(start * log.length)
    const at = log[place]
    const filter = { ...options, streamPrefix: `${this.#category}${name ?? ''}` }
    const found = await collect(this.store, { ...filter, ...(at && { from: at.position }) })
    expect(ids(found)).toEqual(this.#oracle.readAll(filter, at && place))
  }

  async #follow(pageSize: number, pages: number): Promise<void> {
    const deliveries = await deliveriesUntil(
      this.store,
      this.#at,
      { pageSize },
      (last, all) => caughtUp(last) || all.length > pages,
    )
    this.#at = deliveries.at(-1)!.checkpoint
    this.#seen.push(...ids(eventsOf(deliveries)))
  }

  #mine(): Promise<RecordedEvent[]> {
    return collect(this.store, { from: this.from, streamPrefix: this.#category })
  }

  #event({ id, type: name, value }: EventSeed): NewEvent {
    return { id: deriveId(this.#run, id), type: name, data: { value }, metadata: {} }
  }
}

async function answer(
  store: EventStore,
  name: string,
  events: readonly NewEvent[],
  wanted: ExpectedRevision,
): Promise<Answer> {
  try {
    const { firstRevision, lastRevision, repeated } = await store.append(name, events, wanted)
    return { appended: [number(firstRevision), number(lastRevision)], repeated }
  } catch (error) {
    if (error instanceof StreamRevisionMismatch) return { mismatch: number(error.actual) }
    if (error instanceof EventIdTaken) return { taken: true }
    throw error
  }
}

function number(revision: bigint | null): number | null {
  return revision === null ? null : Number(revision)
}
