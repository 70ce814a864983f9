import { hash } from 'node:crypto'
import type { Sealable, SealedDecision, Sealing } from '../commanding/command-handler.parts.js'
import { eventId } from '../commanding/aggregate.js'
import type { DecidedEvent, Workflow } from '../workflow/workflow.js'
import { claimsToBeSealed, holdsSealed, replaceSealed, sealedOf, sealedWithin } from './envelope.js'
import { keyMissing, sealedMisplaced } from './errors.js'
import { hasAt, replaceAt } from './personal-paths.js'
import { SubjectKey, type Place } from './subject-key.js'
import type { SubjectKeys } from './subject-keys.js'

/**
 * Seals what workflows declare personal, under the key of the stream. A command without anything personal costs
 * nothing and makes no key.
 */
export class KeyedSealing implements Sealing {
  constructor(private readonly keys: SubjectKeys) {}

  async seal(decision: Sealable): Promise<SealedDecision> {
    const { workflow, stream, events, content, dryRun } = decision
    if (workflow.personal.size === 0 || !events.some((event) => hasPersonal(workflow, event)))
      return { events: checked(workflow, events), digest: plainDigest(content) }
    const key = dryRun
      ? ((await this.keys.known(stream)) ?? SubjectKey.forOnce(stream))
      : await this.keys.ofSubject(stream)
    const known = await this.keys.byId(
      events.flatMap(({ data }) => sealedWithin(data)).flatMap((one) => sealedOf(one)?.$sealed.key ?? []),
    )
    const sealed = events.map((event, index) => ({
      ...event,
      data: sealEvent(workflow, event, (value, path) =>
        sealValue(value, key, known, {
          event: eventId(decision.commandId, index),
          type: event.type,
          path,
        }),
      ),
    }))
    return { events: checked(workflow, sealed), digest: key.digest(content) }
  }

  async isDigestOf(digest: string, content: string): Promise<boolean> {
    const [id, mac] = digest.split('.')
    if (mac === undefined) return digest === plainDigest(content)
    const key = (await this.keys.byId([id!])).get(id!)
    if (key === undefined) throw keyMissing(id!)
    // Of an erased command only the id is left to know it by.
    return key === 'erased' || key.isDigestOf(digest, content)
  }
}

/** For content without anything personal, and for what was recorded before there was a sealing. */
export function plainDigest(content: string): string {
  return hash('sha256', content, 'base64url')
}

function sealEvent(
  workflow: Workflow,
  { type, data }: DecidedEvent,
  seal: (value: unknown, path: string) => unknown,
): object {
  const paths = workflow.personal.get(type) ?? []
  return paths.reduce((sealed, path) => replaceAt(sealed, path, seal), data)
}

function hasPersonal(workflow: Workflow, { type, data }: DecidedEvent): boolean {
  return workflow.personal.get(type)?.some((path) => hasAt(data, path)) ?? false
}

/**
 * What a decision took over from its own state is sealed anew for its new place, so that every sealed value stands
 * where it says. One that nobody can open any more is kept as it is, and so is one of another subject: an erasure
 * there must reach it.
 */
function sealValue(
  value: unknown,
  key: SubjectKey,
  known: ReadonlyMap<string, SubjectKey | 'erased'>,
  at: Place,
): unknown {
  if (!claimsToBeSealed(value)) return key.seal(value, at)
  const sealed = sealedOf(value)
  const old = sealed === undefined ? undefined : known.get(sealed.$sealed.key)
  if (sealed === undefined || old === undefined || old === 'erased' || old.subject !== key.subject)
    return value
  try {
    return key.seal(old.open(sealed), at)
  } catch {
    return value
  }
}

/** Sealed values stand at declared places only: elsewhere nobody would look after them. */
function checked(workflow: Workflow, events: readonly DecidedEvent[]): readonly DecidedEvent[] {
  if (workflow.personal.size === 0) return events
  for (const { type, data } of events) {
    if (!holdsSealed(data)) continue
    const declared = new Set<unknown>()
    sealEvent(workflow, { type, data }, (value) => {
      declared.add(value)
      return value
    })
    replaceSealed(data, (sealed, path) => {
      if (!declared.has(sealed)) throw sealedMisplaced(type, path)
      return sealed
    })
  }
  return events
}
