import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { contexts } from '../../libs/platform/src/contexts.js'
import { writeJson } from './write-json.js'

/** What must not change under a view's version: rows that older code has written stay as they are. */
export interface View {
  readonly version: number
  readonly events: readonly string[]
  /** SHA-256 of the statements that create its tables, white space apart. */
  readonly tables: string
}

const file = new URL('./views.json', import.meta.url)

export function currentViews(): Readonly<Record<string, View>> {
  const projections = contexts.flatMap((context) => context.projections)
  return Object.fromEntries(
    projections
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, version, events, create }) => [
        name,
        {
          version,
          events: events.toSorted(),
          tables: createHash('sha256').update(create.replace(/\s+/g, ' ').trim()).digest('hex'),
        },
      ]),
  )
}

export function storedViews(): Readonly<Record<string, View>> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, View>
}

export async function writeViews(views: Readonly<Record<string, View>>): Promise<void> {
  await writeJson(file, views)
}
