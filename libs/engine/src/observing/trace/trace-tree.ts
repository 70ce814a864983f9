import type { Placed } from './places.js'
import type { TracedEvent } from './trace.js'

type Growing = TracedEvent & { readonly caused: TracedEvent[] }

/** Events under what caused them. Each stands once, whatever the ids say: a sender may name causes in a circle. */
export class TraceTree {
  readonly roots: TracedEvent[] = []
  readonly #byId = new Map<string, Growing>()
  /** Of several events of a command the first stands for it. */
  readonly #byCommand = new Map<string, Growing>()

  get size(): number {
    return this.#byId.size
  }

  has(id: string): boolean {
    return this.#byId.has(id)
  }

  /** Puts it under its cause where that is in the tree, else at the top. Ids by which others may name it as a cause. */
  add(placed: Placed, asked: boolean): readonly string[] {
    if (this.has(placed.id)) return []
    const node: Growing = { ...told(placed), asked, caused: [] }
    const cause = placed.causation
    const parent = cause === null ? undefined : (this.#byId.get(cause) ?? this.#byCommand.get(cause))
    ;(parent?.caused ?? this.roots).push(node)
    this.#byId.set(placed.id, node)
    const { commandId } = node
    if (commandId === null || this.#byCommand.has(commandId)) return [placed.id]
    this.#byCommand.set(commandId, node)
    return [placed.id, commandId]
  }
}

function told({
  id,
  stream,
  revision,
  position,
  causation,
  event,
}: Placed): Omit<TracedEvent, 'asked' | 'caused'> {
  const about = (event?.metadata ?? {}) as Readonly<Record<string, unknown>>
  return {
    id,
    stream,
    revision,
    position,
    type: event?.type ?? null,
    actor: textOrNull(about['actor']),
    agency: textOrNull(about['agency']),
    transition: textOrNull(about['transition']),
    commandId: textOrNull(about['commandId'])?.toLowerCase() ?? null,
    correlationId: textOrNull(about['correlationId'])?.toLowerCase() ?? null,
    causationId: causation,
    occurredAt: textOrNull(about['occurredAt']),
    recordedAt: event?.recordedAt.toISOString() ?? null,
  }
}

/** What others have written into the log may have any metadata. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
