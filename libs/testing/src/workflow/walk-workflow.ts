import { isDeepStrictEqual } from 'node:util'
import { assertIJson, isRefusal, type Refusal, type Text } from '#kernel'
import { validateInput } from '#engine'
import { availableTransitions, decide, type DecidedEvent, type Stateful } from '#engine/workflow'
import { knownEventId, stateAfter, walkedAt, type WorkflowCases } from './workflow-cases.js'

/** One transition, and what was not as it should be in any situation for any person. */
export type Walked = readonly [transition: string, findings: readonly string[]]

/**
 * Sends every command of a workflow to every situation as every person, and compares with the cases. Whatever the
 * workflow: a decision never throws, is refused in Vietnamese and English, leads where the table says, can be stored
 * and folded, leaves a state that JSON gives back, and agrees with the list of what the person may do now.
 */
export function walkWorkflow<State extends Stateful, Person extends string>(
  cases: WorkflowCases<State, Person>,
): readonly Walked[] {
  const names = new Set([...cases.workflow.transitions.keys(), ...Object.keys(cases.transitions)])
  return [...names].map((name) => [name, findingsOf(cases, name)] as const)
}

/** What the cases leave out: statuses in no situation, transitions that are accepted nowhere. */
export function uncovered<State extends Stateful, Person extends string>(
  cases: WorkflowCases<State, Person>,
): readonly string[] {
  const { workflow } = cases
  const seen = new Set(
    Object.values(cases.situations).map((events) => stateAfter(workflow, workflow.initial, events).status),
  )
  const never = Object.entries(cases.transitions).filter(([, { answers }]) => !answers.includes('✓'))
  return [
    ...Object.keys(workflow.statuses)
      .filter((status) => !seen.has(status))
      .map((status) => `no situation is ${status}`),
    ...never.map(([name]) => `${name} is accepted nowhere`),
  ]
}

function findingsOf<State extends Stateful, Person extends string>(
  cases: WorkflowCases<State, Person>,
  name: string,
): readonly string[] {
  const situations = Object.keys(cases.situations)
  const expected = cases.transitions[name]
  if (expected === undefined) return ['the cases have no entry for it']
  if (!cases.workflow.transitions.has(name)) return ['the workflow has no such transition']
  const answers = expected.answers.split(/\s+/)
  if (answers.length !== situations.length)
    return [`${answers.length} answers for ${situations.length} situations`]
  const findings: string[] = []
  for (const [index, situation] of situations.entries())
    for (const person of Object.keys(cases.people) as Person[]) {
      const may = expected.by.includes(person) && cases.mayNot?.(person, situation) !== true
      const right = may ? answers[index]! : 'not-permitted'
      const actual = answer(cases, name, situation, person)
      if (actual !== right) findings.push(`${situation}, ${person}: ${actual} instead of ${right}`)
    }
  return findings
}

/** The events that today's decisions record on the way of the cases, in every situation and by every person. */
export function decidedEvents<State extends Stateful, Person extends string>(
  cases: WorkflowCases<State, Person>,
): readonly DecidedEvent[] {
  return Object.keys(cases.transitions).flatMap((name) =>
    Object.keys(cases.situations).flatMap((situation) =>
      (Object.keys(cases.people) as Person[]).flatMap((person) => {
        const { decided } = decideOn(cases, name, situation, person)
        return isRefusal(decided) ? [] : decided
      }),
    ),
  )
}

function decideOn<State extends Stateful, Person extends string>(
  { workflow, aggregate, situations, people, transitions }: WorkflowCases<State, Person>,
  name: string,
  situation: string,
  person: Person,
): { readonly state: State; readonly decided: readonly DecidedEvent[] | Refusal } {
  const state = stateAfter(workflow, workflow.initial, situations[situation]!)
  const decided = decide(workflow, name, {
    aggregate,
    state,
    actor: people[person],
    command: validateInput(workflow.transitions.get(name)!.input, transitions[name]!.data),
    now: walkedAt,
    occurredAt: walkedAt,
    hasEvent: (id) => id === knownEventId,
  })
  return { state, decided }
}

function answer<State extends Stateful, Person extends string>(
  cases: WorkflowCases<State, Person>,
  name: string,
  situation: string,
  person: Person,
): string {
  const { workflow } = cases
  const actor = cases.people[person]
  try {
    const { state, decided } = decideOn(cases, name, situation, person)
    const offered = availableTransitions(workflow, state, actor).find((one) => one.name === name)!
    if (isRefusal(decided)) return refused(decided, offered)
    if (!offered.allowed) return 'accepted although not offered'
    assertIJson(decided.map(({ data }) => data))
    const after = stateAfter(workflow, state, decided, actor.id)
    if (!workflow.transitions.get(name)!.to.includes(after.status)) return `leads to ${after.status}`
    return isDeepStrictEqual(JSON.parse(JSON.stringify(after)), after) ? '✓' : 'a state that JSON changes'
  } catch (error) {
    return `throws ${String(error)}`
  }
}

/** Refusals that need no data of a command: the list of what one may do knows them. */
const always: ReadonlySet<string> = new Set(['not-permitted', 'transition-not-allowed'])

function refused(
  { code, text }: Refusal,
  offered: { readonly allowed: boolean; readonly refusal: Refusal | null },
): string {
  if (!isSaid(text)) return `${code} without a sentence in both languages`
  if (offered.allowed && always.has(code)) return `${code} although offered`
  if (!offered.allowed && offered.refusal?.code !== code)
    return `${code} although offered as ${offered.refusal?.code}`
  return code === 'transition-not-allowed' ? '–' : code
}

function isSaid({ vi, en }: Text): boolean {
  return /\S.*[.?!]$/su.test(vi) && /\S.*[.?!]$/su.test(en) && vi !== en
}
