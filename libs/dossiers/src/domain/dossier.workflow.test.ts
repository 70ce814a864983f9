import { describe, expect, it } from '@jest/globals'
import { decide, type EventContext } from '#engine/workflow'
import { isRefusal } from '#kernel'
import { uncovered, walkWorkflow, type WorkflowCases } from '#testing/workflow'
import { dossierCases, people, procedureCases, rejectionCases } from './dossier.cases.test-support.js'
import { reportPeriodCases } from './report-period.cases.test-support.js'
import type { DossierCommands } from './dossier.commands.js'
import type { DossierFact } from './dossier.events.js'
import { dossierMessageTypes, type DossierMessageType } from './dossier.message.js'
import type { DossierState } from './dossier.state.js'
import { dossierWorkflow } from './dossier.workflow.js'

const now = '2026-05-07T02:00:00.000Z'

type Person = keyof typeof people

const told = (type: DossierMessageType, id: string, about: Partial<DossierFact> = {}) => ({
  type,
  id,
  occurredAt: '2026-04-15',
  ...about,
})
const take = (...messages: readonly object[]) => ({ source: 'mcdt', dossier: 'H52-1', messages })
const accepted = told('Accepted', 'a', { agency: 'Sở NN&MT', agencies: { 'Sở NN&MT': 'so-nnmt' } })

function attempt(
  state: DossierState,
  transition: keyof DossierCommands,
  command: object,
  person: Person,
  aggregate = 'mcdt:H52-1',
) {
  return decide(dossierWorkflow, transition, {
    aggregate,
    state,
    command,
    actor: people[person],
    occurredAt: now,
    now,
    hasEvent: () => false,
  })
}

/** The state after acts that must not be refused. */
function after(...acts: readonly (readonly [keyof DossierCommands, object, Person])[]): DossierState {
  return acts.reduce((state, [transition, command, person]) => {
    const decided = attempt(state, transition, command, person)
    if (isRefusal(decided)) throw new Error(`${transition}: ${decided.text.en}`)
    const { id, agency } = people[person]
    const context: EventContext = { actor: id, agency, occurredAt: now, commandId: 'c' }
    return decided.reduce((folded, event) => dossierWorkflow.evolve(folded, event, context), state)
  }, dossierWorkflow.initial)
}

/** As the assessment of so many messages tells it. */
const assessedOf = (messages: number, decidedBy: string | null = null) => ({
  assessed: { messages, decidedBy },
})

const open = after(['TakeMessages', take(accepted), 'connector'])

describe.each([
  ['dossiers', dossierCases],
  ['procedures', procedureCases],
  ['rejected lines', rejectionCases],
  ['report periods', reportPeriodCases],
])('the table of %s', (_name, cases) => {
  it.each(walkWorkflow(cases as unknown as WorkflowCases))(
    '%s, by everyone in every situation',
    (_transition, findings) => {
      expect(findings).toEqual([])
    },
  )

  it('is walked whole', () => {
    expect(uncovered(cases as unknown as WorkflowCases)).toEqual([])
  })
})

describe('facts of a source', () => {
  it('are taken whatever their kind, whoever reports them', () => {
    const messages = dossierMessageTypes.map((type, at) =>
      told(type, `m${at}`, type === 'Corrected' ? { corrects: 'm0', change: { void: true } } : {}),
    )
    const state = after(['TakeMessages', take(...messages), 'connector'])
    expect(state.messages.map(({ type }) => type)).toEqual([...dossierMessageTypes])
    // A closing that a source reports is judged with everything else; it closes nothing by itself.
    expect(state.status).toBe('open')
  })

  it('say when they were received by the system alone', () => {
    const early = told('Resolved', 'r', { receivedAt: '2026-04-16' })
    const receivedBy = (person: Person) =>
      after(['TakeMessages', take(early), person]).messages[0]?.receivedAt
    expect([receivedBy('connector'), receivedBy('clerk'), receivedBy('system')]).toEqual([
      now,
      now,
      '2026-04-16',
    ])
  })

  it('of another dossier are refused', () => {
    const decided = attempt(open, 'TakeMessages', take(accepted), 'connector', 'mcdt:H52-2')
    expect(decided).toMatchObject({ code: 'dossier-key-differs' })
  })
})

describe('acts of officials', () => {
  it('have ids of their own that take none of a source away', () => {
    const state = after(
      ['TakeMessages', take(accepted, told('HandedOver', 'roviec:3')), 'connector'],
      ['Explain', { text: 'Chờ ý kiến' }, 'officer'],
    )
    expect(state.messages.at(-1)).toMatchObject({
      id: 'roviec:4',
      type: 'Explained',
      actor: 'lead-officer-1',
    })
  })

  it('nobody decides on his own explanation', () => {
    const own = after(['TakeMessages', take(accepted), 'connector'], ['Explain', { text: 'x' }, 'head'])
    expect(attempt(own, 'AcceptExplanation', assessedOf(2), 'head')).toMatchObject({
      code: 'own-explanation',
    })
    expect(attempt(own, 'RejectExplanation', { ...assessedOf(2), reason: 'x' }, 'head')).toMatchObject({
      code: 'own-explanation',
    })
  })

  it('nor does the head of an agency where the delay did not arise', () => {
    const explained = after(
      ['TakeMessages', take(accepted), 'connector'],
      ['Explain', { text: 'x' }, 'officer'],
    )
    const decide = (assessed: object) => attempt(explained, 'AcceptExplanation', assessed, 'head')
    expect(decide(assessedOf(2, 'Sở Tư pháp'))).toMatchObject({
      code: 'head-of-other-agency',
      details: { agency: 'Sở Tư pháp' },
    })
    expect(decide(assessedOf(1))).toMatchObject({ code: 'assessment-stale' })
    expect(decide(assessedOf(2))).toHaveLength(1)
  })

  it('a rejected explanation is missing again', () => {
    const rejected = after(
      ['TakeMessages', take(accepted), 'connector'],
      ['Explain', { text: 'x' }, 'officer'],
      ['RejectExplanation', { ...assessedOf(2), reason: 'y' }, 'head'],
    )
    expect(attempt(rejected, 'AcceptExplanation', assessedOf(2), 'head')).toMatchObject({
      code: 'explanation-missing',
    })
  })

  it('closing is refused with what is missing, and a correction opens what it voids', () => {
    const missing = { assessed: { messages: 1, missing: ['explanation', 'apology'] } }
    expect(attempt(open, 'Close', missing, 'clerk')).toMatchObject({
      code: 'closing-refused',
      text: { vi: 'Chưa thể đóng hồ sơ: chưa có giải trình; chưa có văn bản xin lỗi. Bổ sung rồi đóng lại.' },
    })
    const closable = { assessed: { messages: 1, missing: [] } }
    const closed = after(['TakeMessages', take(accepted), 'connector'], ['Close', closable, 'clerk'])
    const voided = after(
      ['TakeMessages', take(accepted), 'connector'],
      ['Close', closable, 'clerk'],
      ['Correct', { corrects: 'roviec:2', change: { void: true }, reason: 'Đóng nhầm' }, 'clerk'],
    )
    expect([closed.status, voided.status]).toEqual(['closed', 'open'])
  })

  it('what was taken back is neither decided on nor delivered', () => {
    const voiding = (id: string) =>
      ['Correct', { corrects: id, change: { void: true }, reason: 'Nhầm' }, 'clerk'] as const
    const explained = ['Explain', { text: 'Chờ ý kiến' }, 'officer'] as const
    const first = ['TakeMessages', take(accepted), 'connector'] as const
    expect(attempt(after(first, explained), 'AcceptExplanation', assessedOf(2), 'head')).toHaveLength(1)
    expect(
      attempt(after(first, explained, voiding('roviec:2')), 'AcceptExplanation', assessedOf(2), 'head'),
    ).toMatchObject({
      code: 'explanation-missing',
    })
    const apology = ['IssueApology', { reason: 'Chậm', signer: { position: 'Giám đốc' } }, 'officer'] as const
    expect(
      attempt(after(first, apology, voiding('roviec:2')), 'DeliverApology', {}, 'officer'),
    ).toMatchObject({
      code: 'apology-missing',
    })
  })

  it('a correction names a fact of the dossier and a time that is one', () => {
    const correct = (about: object) => attempt(open, 'Correct', { reason: 'Ghi nhầm', ...about }, 'clerk')
    expect(correct({ corrects: 'b', change: { void: true } })).toMatchObject({
      code: 'corrected-message-unknown',
    })
    expect(correct({ corrects: 'a', change: { occurredAt: '15/4' } })).toMatchObject({ code: 'date-invalid' })
    expect(correct({ corrects: 'a', change: {} })).toMatchObject({ code: 'date-invalid' })
    const inAYear = { occurredAt: `${Number(now.slice(0, 4)) + 1}-04-15` }
    expect(correct({ corrects: 'a', change: inAYear })).toMatchObject({ code: 'occurred-in-future' })
    expect(correct({ corrects: 'a', change: { occurredAt: now.slice(0, 10) } })).toHaveLength(1)
  })

  it('the timer raises each due date once', () => {
    const raised = after(
      ['TakeMessages', take(accepted), 'connector'],
      ['MarkOverdue', { due: '2026-05-04' }, 'system'],
    )
    expect(attempt(raised, 'MarkOverdue', { due: '2026-05-04' }, 'system')).toEqual([])
    expect(attempt(raised, 'MarkOverdue', { due: '2026-05-11' }, 'system')).toHaveLength(1)
  })
})

describe('what is remembered', () => {
  it('holds neither names nor reasons', () => {
    const person = { agency: 'so-nnmt', position: 'Giám đốc', name: 'Nguyễn Văn A' }
    const state = after([
      'TakeMessages',
      take(accepted, told('ApologyIssued', 'x', { signer: person, by: person, reason: 'Nhà ông B vắng' })),
      'connector',
    ])
    expect(JSON.stringify(state)).not.toMatch(/Nguyễn Văn A|ông B/)
    expect(state.messages[1]?.signer).toEqual({ agency: 'so-nnmt', position: 'Giám đốc' })
  })
})
