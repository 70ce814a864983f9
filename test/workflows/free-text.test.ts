import { describe, expect, it } from '@jest/globals'
import { CommandHandler, schemaOf, Unsealing } from '#engine'
import { party, type Stateful, type Workflow } from '#engine/workflow'
import { InMemoryEventStore } from '#event-store'
import type { JsonValue } from '#kernel'
import { virtualClock } from '#testing'
import { testKeys, testSealing, walkedAt } from '#testing/workflow'
import { contexts } from '../../libs/platform/src/contexts.js'
import { possibleCommands, prepare, type PossibleCommand } from './possible-commands.js'
import { notSealed } from './public-texts.js'
import { textPlaces, withValue } from './text-places.js'

/** A text as people write them: whatever takes it may hold a name. */
const marker = 'Bà Dấu Hiệu Riêng Tư'
const clock = virtualClock(walkedAt)
const workflows = contexts.flatMap((context) => context.workflows)

type Found = 'sealed' | 'public' | 'not taken' | 'left out'

/** Where the text of a command ends up when a sender fills it in freely. */
async function whereTo(possible: PossibleCommand, data: JsonValue): Promise<Found> {
  const store = new InMemoryEventStore({ clock })
  await prepare(store, possible)
  const keys = testKeys()
  const handler = new CommandHandler({ store, clock, workflows, sealing: testSealing(keys) })
  try {
    const { status } = await handler.handle({ ...possible.command, data })
    if (status !== 'accepted') return 'not taken'
  } catch {
    return 'not taken'
  }
  const stream = `${possible.command.workflow}-${possible.command.aggregate}`
  const events = await store.readStream(stream)
  if (events.some(({ dataText }) => dataText.includes(marker))) return 'public'
  const unsealing = new Unsealing({ keys, workflows: workflows.map(readByAll), load: () => anything })
  const opened = await unsealing.open(
    events.map(({ data }) => data),
    possible.command.actor,
  )
  return JSON.stringify(opened).includes(marker) ? 'sealed' : 'left out'
}

const nobody = { agency: null, position: null, name: null }

/** Members of which neither the schema nor the data of the case says anything: with them, and what is tried in them. */
const unsaid: Readonly<Record<string, readonly (readonly [string, JsonValue])[]>> = {
  'dossier: TakeMessages': [
    ['messages.0.by', nobody],
    ['messages.0.signer', nobody],
    ...['agency', 'delayCausedBy', 'procedure', 'step', 'reason'].map(
      (name) => [`messages.0.${name}`, null] as const,
    ),
  ],
}

function unsaidPaths(name: string): readonly string[] {
  return (unsaid[name] ?? []).flatMap(([path, value]) =>
    value === null ? [path] : Object.keys(value).map((member) => `${path}.${member}`),
  )
}

function filledIn(name: string, data: JsonValue): JsonValue {
  return (unsaid[name] ?? []).reduce(
    (filled, [path, value]) => (value === null ? filled : withValue(filled, path, value)),
    data,
  )
}

const anything = Promise.resolve({ state: { status: '' } })
const everyone = party<Stateful>('everyone', { vi: 'mọi người', en: 'everyone' }, () => true)
const readByAll = (workflow: Workflow): Workflow => ({ ...workflow, personalReaders: [everyone] })

const found = new Map<string, Found>()
const places = possibleCommands().flatMap((possible) => {
  const { workflow, transition, data } = possible.command
  const { input } = workflows.find(({ name }) => name === workflow)!.transitions.get(transition)!
  const paths = [...textPlaces(schemaOf(input), data), ...unsaidPaths(possible.name)]
  return paths.map((path) => ({ possible, path }))
})

describe('every text that a command takes', () => {
  it.each(places.map(({ possible, path }) => [`${possible.name}.${path}`, possible, path] as const))(
    '%s is sealed, or public for a reason that is written down',
    async (name, possible, path) => {
      const to = await whereTo(
        possible,
        withValue(filledIn(possible.name, possible.command.data), path, marker),
      )
      found.set(name, to)
      expect([name, to]).toEqual([name, notSealed.get(name) ?? 'sealed'])
    },
  )

  it('is on that list only where it is there at all', () => {
    expect([...notSealed.keys()].filter((name) => !found.has(name))).toEqual([])
  })
})

describe('what is sealed', () => {
  it('has somebody who may read it, in every workflow', () => {
    const unread = workflows.filter(
      ({ personal, personalReaders }) => personal.size > 0 && personalReaders.length === 0,
    )
    expect(unread.map(({ name }) => name)).toEqual([])
  })

  it('is declared of event types that there are', () => {
    const unknown = workflows.flatMap(({ personal, eventTypes }) =>
      [...personal.keys()].filter((type) => !eventTypes.includes(type)),
    )
    expect(unknown).toEqual([])
  })
})
