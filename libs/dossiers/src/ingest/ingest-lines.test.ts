import { describe, expect, it } from '@jest/globals'
import type { Command, CommandHandler } from '#engine'
import { EventStoreUnavailable, InMemoryEventStore } from '#event-store'
import { accepted, line, resolved } from '../evaluate/evaluate.test-support.js'
import { dossierWorkflow } from '../domain/dossier.workflow.js'
import type { InputLine } from '../evaluate/bounded-lines.js'
import { IngestInterrupted, ingestLines } from './ingest-lines.js'
import { clerk, connector, ingest, ingestOn, logOf, setVersion, told } from './ingest.test-support.js'

const now = '2026-05-07T02:00:00.000Z'

async function started() {
  const store = new InMemoryEventStore()
  return { store, parts: await ingestOn(now, store) }
}

describe('lines of a source', () => {
  it('become events of their dossiers, each with its times, agencies and what an acceptance pins', async () => {
    const { store, parts } = await started()
    const result = await ingest(parts, [
      { ...accepted, recordedAtSource: '2026-04-15T02:05:00Z' },
      '',
      { ...resolved, dossier: 'hồ sơ số 7 / 2026' },
    ])
    expect(told(result)).toEqual(['1 accepted', '3 accepted'])
    expect(result.summary).toMatchObject({ lines: 2, accepted: 2, repeated: 0, rejected: 0 })
    const events = await logOf(store, 'dossier-')
    expect(events.map(({ stream, type }) => [stream, type])).toEqual([
      ['dossier-mcdt:H52-1', 'dossier.Accepted'],
      [expect.stringMatching(/^dossier-d::/), 'dossier.Resolved'],
    ])
    expect(events[0]!.data).toEqual({
      source: 'mcdt',
      dossier: 'H52-1',
      id: 'a',
      occurredAt: '2026-04-15T09:00:00+07:00',
      recordedAtSource: '2026-04-15T09:05:00+07:00',
      receivedAt: now,
      procedure: 'TT-10',
      agency: 'mot-cua',
      agencies: { 'mot-cua': 'son-la/mot-cua' },
      pin: { calendar: 'vn/7', procedure: 1 },
    })
    expect(events[1]!.data).toMatchObject({ dossier: 'hồ sơ số 7 / 2026' })
    expect(result.summary.position).toBe(events[1]!.position)
  })

  it('sent again add nothing, wherever the sender takes up again and however the lines fall together', async () => {
    const { store, parts } = await started()
    const lines = [
      accepted,
      line('s', 'SupplementRequested', '2026-04-20'),
      line('t', 'Supplemented', '2026-04-22'),
      resolved,
    ]
    await ingest(parts, lines)
    const head = await store.head()
    for (const again of [
      lines,
      lines.slice(1),
      lines.slice(0, 2),
      [resolved],
      [resolved, accepted, resolved],
    ])
      expect(new Set((await ingest(parts, again)).outcomes.map(({ outcome }) => outcome))).toEqual(
        new Set(['repeated']),
      )
    expect(await store.head()).toBe(head)
  })

  it('sent again by someone else, received later or in other words about people, are the same lines', async () => {
    const { parts } = await started()
    const apology = (name: string) =>
      line('x', 'ApologyIssued', '2026-05-05', { data: { signer: { name }, reason: `của ${name}` } })
    await ingest(parts, [accepted, apology('A')])
    const later = { ...parts, actor: clerk, clock: { now: () => new Date('2026-05-08T00:00:00Z') } }
    expect(told(await ingest(later, [accepted, apology('A')]))).toEqual(['1 repeated', '2 repeated'])
    expect(told(await ingest(parts, [apology('B')]))).toEqual(['1 repeated'])
  })

  it('with other content under a known id are refused, and what stood stands', async () => {
    const { store, parts } = await started()
    await ingest(parts, [accepted, resolved])
    const other = { ...resolved, occurredAt: '2026-04-20' }
    const result = await ingest(parts, [
      other,
      line('e', 'Explained', '2026-05-06'),
      { ...accepted, procedure: null },
    ])
    expect(told(result)).toEqual([
      '1 rejected message-id-reused',
      '2 accepted',
      '3 rejected message-id-reused',
    ])
    const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
    expect(state.messages.map(({ id, occurredAt }) => [id, occurredAt])).toEqual([
      ['a', '2026-04-15T09:00:00+07:00'],
      ['r', '2026-05-06'],
      ['e', '2026-05-06'],
    ])
    expect(await logOf(store, 'rejection-')).toHaveLength(2)
  })

  it('that are bad stop no others, each with its reason and what to do', async () => {
    const { parts } = await started()
    const result = await ingest(parts, [
      accepted,
      '{"source":',
      line('1', 'Geschlossen', '2026-04-16'),
      line('2', 'Resolved', '2026-02-30'),
      line('3', 'Resolved', '1026-04-16'),
      line('4', 'Resolved', '2026-05-09'),
      line('5', 'HandedOver', '2026-04-16', { procedure: 'TT-??' }),
      line('6', 'Accepted', '2026-04-16', { dossier: undefined }),
      { kind: 'procedure', code: 'TT-11', time: 3 },
      line('7', 'Corrected', '2026-04-16', { data: { corrects: 'a' } }),
      resolved,
      line('8', 'Corrected', '2026-04-16', { data: { corrects: 'r', change: '2027-05-06' } }),
      line('9', 'Corrected', '2026-04-16', { data: { corrects: 'r', change: '2016-05-06' } }),
    ])
    expect(told(result)).toEqual([
      '1 accepted',
      '2 rejected line-not-json',
      '3 rejected field-invalid',
      '4 rejected date-invalid',
      '5 rejected date-outside-calendar',
      '6 rejected occurred-in-future',
      '7 rejected procedure-unknown',
      '8 rejected field-missing',
      '9 rejected line-is-procedure',
      '10 rejected field-missing',
      '11 accepted',
      '12 rejected occurred-in-future',
      '13 rejected date-outside-calendar',
    ])
    const advice = result.outcomes.flatMap(({ problem }) => problem?.message.vi ?? [])
    expect(advice.filter((text) => !/\. .+/.test(text))).toEqual([])
  })

  it('that break a rule are facts: taken, and flagged where it shows at once', async () => {
    const { parts } = await started()
    const result = await ingest(parts, [
      line('s', 'Submitted', '2026-04-20', { agency: 'ban-nao-do' }),
      line('c', 'Corrected', '2026-04-21', { data: { corrects: 'nothing', change: { void: true } } }),
      { ...resolved, occurredAt: '2026-04-19' },
      line('cr', 'Corrected', '2026-04-21', {
        data: { corrects: 'r', change: { occurredAt: '2026-04-22' } },
      }),
      line('cc', 'Corrected', '2026-04-22', { data: { corrects: 'cr', change: 'void' } }),
      line('z', 'Closed', '2026-04-23'),
    ])
    expect(told(result)).toEqual([
      '1 accepted !agency-unknown',
      '2 accepted !corrected-message-unknown',
      // Seen with what came in the same append: set aside, since its correction was voided.
      '3 accepted !result-before-submission',
      '4 accepted',
      '5 accepted',
      '6 accepted',
    ])
  })

  it('without a version of the procedure in force wait for it, and are taken once it is there', async () => {
    const { parts } = await started()
    await setVersion(parts, { code: 'TT-20', time: 20, unit: 'working-day', validFrom: '2026-04-20' })
    const early = { ...accepted, procedure: 'TT-20' }
    expect(told(await ingest(parts, [early]))).toEqual(['1 rejected procedure-unknown'])
    await setVersion(parts, { code: 'TT-20', time: 15, unit: 'working-day', validFrom: '2026-01-01' })
    expect(told(await ingest(parts, [early]))).toEqual(['1 accepted'])
    const { state } = await parts.commands.load(dossierWorkflow, 'mcdt:H52-1')
    expect(state.messages[0]?.pin).toEqual({ calendar: 'vn/7', procedure: 2 })
  })

  it('of one dossier are bounded: more than any real one has are refused, the rest goes on', async () => {
    const { parts } = await started()
    const many = Array.from({ length: 301 }, (_, n) => line(`n${n}`, 'HandedOver', '2026-04-16'))
    const result = await ingest(parts, [...many, { ...accepted, dossier: 'H52-2' }])
    expect(result.summary).toMatchObject({ accepted: 301, rejected: 1 })
    expect(told(result)[300]).toBe('301 rejected dossier-full')
  })

  it('by someone who may not send are not even looked at', async () => {
    const { parts } = await started()
    const auditor = { ...connector, roles: ['auditor'] }
    await expect(ingest({ ...parts, actor: auditor }, [accepted])).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'not-permitted',
    })
  })

  it('that meet a store out of reach say from which line to go on', async () => {
    const { parts } = await started()
    const lines = async function* (): AsyncGenerator<InputLine> {
      for (let number = 1; number <= 4_500; number++) {
        if (number === 4_400) fails = true
        const message = { ...accepted, id: `a${number}`, dossier: `H52-${number % 40}` }
        yield { number, text: number === 3 ? '' : JSON.stringify(message) }
      }
    }
    let fails = false
    const commands = {
      handle: (command: Command) =>
        fails ? Promise.reject(new EventStoreUnavailable(null)) : parts.commands.handle(command),
    } as CommandHandler
    const run = ingestLines({ ...parts, commands }, lines())
    // A blank line has no outcome and takes no place.
    expect((await run.next()).value).toHaveLength(4_000)
    const failed = run.next()
    await expect(failed).rejects.toBeInstanceOf(IngestInterrupted)
    await expect(failed).rejects.toMatchObject({ kind: 'fault', resumeFrom: 4_002 })
  })
})
