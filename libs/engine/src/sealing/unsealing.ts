import type { RecordedEvent } from '#event-store'
import type { JsonValue } from '#kernel'
import type { Actor } from '../workflow/actor.js'
import type { Sealed, Withheld } from '../workflow/personal.js'
import type { Stateful, Workflow } from '../workflow/workflow.js'
import { erased, noRight, replaceSealed, sealedOf, sealedWithin, unreadable } from './envelope.js'
import type { SubjectKey } from './subject-key.js'
import type { SubjectKeys } from './subject-keys.js'

/** Opens what is sealed in an answer for those who may read it. */
export interface PersonalReading {
  /** The same value; where something in it is sealed, a copy with the plain values or with what is told instead. */
  open<Value>(value: Value, reader: Actor): Promise<Value>
}

/** Nobody reads anything. */
export const withheld: PersonalReading = {
  open: <Value>(value: Value) => Promise.resolve(replaceSealed(value, () => noRight) as Value),
}

export interface UnsealingParts {
  readonly keys: SubjectKeys
  readonly workflows: readonly Workflow[]
  /** The aggregate as of now: who may read what is personal in it turns on its state. */
  readonly load: (workflow: Workflow, aggregate: string) => Promise<{ readonly state: Stateful }>
}

/**
 * Reading by right. Whose a sealed value is, its key knows, wherever it was found: a value that was copied into
 * another's record is shown to those who may read it in its own.
 */
export class Unsealing implements PersonalReading {
  constructor(private readonly parts: UnsealingParts) {}

  async open<Value>(value: Value, reader: Actor): Promise<Value> {
    const found = sealedWithin(value)
    if (found.length === 0) return value
    const ids = found.flatMap((sealed) => sealedOf(sealed)?.$sealed.key ?? [])
    const keys = await this.parts.keys.byId(ids)
    const rights = await this.#rights([...keys.values()], reader)
    return replaceSealed(value, (claimed) => {
      const sealed = sealedOf(claimed)
      const key = sealed === undefined ? undefined : keys.get(sealed.$sealed.key)
      if (sealed === undefined || key === undefined) return unreadable
      if (key === 'erased') return erased
      return rights.get(key.subject) === true ? opened(sealed, key) : noRight
    }) as Value
  }

  async #rights(
    keys: readonly (SubjectKey | 'erased')[],
    reader: Actor,
  ): Promise<ReadonlyMap<string, boolean>> {
    const subjects = new Set(keys.flatMap((key) => (key === 'erased' ? [] : [key.subject])))
    const answers = [...subjects].map(
      async (subject) => [subject, await this.#mayRead(subject, reader)] as const,
    )
    return new Map(await Promise.all(answers))
  }

  async #mayRead(stream: string, reader: Actor): Promise<boolean> {
    const workflow = this.parts.workflows
      .filter(({ name }) => stream.startsWith(`${name}-`))
      .toSorted((a, b) => b.name.length - a.name.length)[0]
    if (workflow === undefined || workflow.personalReaders.length === 0) return false
    const { state } = await this.parts.load(workflow, stream.slice(workflow.name.length + 1))
    return workflow.personalReaders.some((party) => party.holds(reader, state))
  }
}

function opened(sealed: Sealed, key: SubjectKey): JsonValue | Withheld {
  try {
    return key.open(sealed)
  } catch {
    return unreadable
  }
}

/**
 * The data of an event from the log, for readers that show events: what is sealed for another event or another field
 * was moved there by hand, and is not shown as if it had been said here.
 */
export function dataInPlace({ id, type, data }: Pick<RecordedEvent, 'id' | 'type' | 'data'>): JsonValue {
  return replaceSealed(data, (claimed, path) => {
    const at = sealedOf(claimed)?.$sealed.at
    const isInPlace = at?.event === id && at.type === type && at.path === path
    return isInPlace ? claimed : unreadable
  }) as JsonValue
}
