import { UnknownEventVersion } from './unknown-event-version.js'

/**
 * From the data of one version of an event type to the next. Pure, and total over whatever was recorded: it never
 * throws, invents nothing that was not known then, and leaves what is sealed as it is.
 */
export type Upcaster<Next extends object = object> = (data: never) => Next

/** The chain of one event type, oldest step first; the last step gives the data that the fold takes. */
export type Upcasters<Data> = readonly [...Upcaster[], Upcaster<Data & object>]

/** Version of an event whose metadata names none: the first, and the only one of a type that never changed. */
const firstVersion = 1

/** The one place where old events become current ones. */
export class Upcasting {
  constructor(
    private readonly workflow: string,
    private readonly chains: ReadonlyMap<string, readonly Upcaster[]>,
  ) {}

  /** The version under which events of the type are written now. */
  versionOf(type: string): number {
    return firstVersion + (this.chains.get(type)?.length ?? 0)
  }

  /**
   * The data as it would be written today.
   *
   * @throws UnknownEventVersion for a version that a newer program has written.
   */
  upcast(type: string, data: unknown, version: number = firstVersion): unknown {
    const known = this.versionOf(type)
    if (version === known) return data
    if (!Number.isInteger(version) || version < firstVersion || version > known)
      throw new UnknownEventVersion(this.workflow, type, version, known)
    const steps = this.chains.get(type)!.slice(version - firstVersion)
    return steps.reduce<unknown>((before, step) => step(before as never), data)
  }

  /** The functions as text. */
  toString(): string {
    return [...this.chains].map(([type, chain]) => `${type}:${chain.map(String).join()}`).join(';')
  }
}
