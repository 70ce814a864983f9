import { agencyId } from '#registry'
import { eventually } from '#testing'
import type { Asked, Person, TestApi } from './api.test-support.js'

/** Stands in every personal text that is sent, and nowhere else. */
export const marker = 'Dau-hieu-rieng-tu-9f3k'
/** Stands in a field that is public on purpose: the search finds what is there. */
export const open = 'Quy-cong-khai-7x2m'
export const task = '/api/v1/tasks/CCHC2025-II-5'
export const said = (what: string): string => `${marker}: ${what}`
const deliverableId = '1'
const lead = 'Sở Tư pháp'

/** Every transition of a task that takes a personal text, in an order in which all are accepted. */
export const accepted: readonly (readonly [Person, string, object])[] = [
  ['lead', 'Explain', { deliverableId, text: said('chờ hướng dẫn') }],
  ['head', 'RejectExplanation', { deliverableId, reason: said('chưa rõ') }],
  ['lead', 'Report', { period: open, summary: said('đang làm') }],
  ['clerk', 'IssueApology', { deliverableId, text: said('xin lỗi') }],
  ['clerk', 'Reopen', { reason: said('thiếu văn bản') }],
  ['lead', 'RequestExtension', { deliverableId, due: '2027-01-31', reason: said('đông việc') }],
  ['assigner', 'RefuseExtension', { deliverableId, reason: said('không có lý do') }],
  ['lead', 'RequestExtension', { deliverableId, due: '2027-02-28', reason: said('vẫn đông việc') }],
  ['assigner', 'GrantExtension', { deliverableId, due: '2027-02-28', reason: said('đồng ý') }],
  ['clerk', 'Reassign', { lead: [{ agencyId: agencyId('son-la', lead), name: lead }], reason: said('gọn') }],
  ['lead', 'Decline', { reason: said('không đúng việc') }],
  ['clerk', 'Withdraw', { reason: said('trùng') }],
]

/** Sent, and come to nothing. */
export const refused: readonly (readonly [number, Person, string, object])[] = [
  [403, 'stranger', 'Explain', { deliverableId, text: said('người ngoài') }],
  [400, 'lead', 'Explain', { deliverableId, txet: said('sai tên trường') }],
  [400, 'lead', 'Explain', { deliverableId: said('sai chỗ'), text: said('x') }],
  [400, 'lead', 'Explain', { deliverableId, text: { $sealed: said('tự niêm phong') } }],
  [422, 'assigner', 'RefuseExtension', { deliverableId, reason: said('chưa có đề nghị') }],
  [422, 'lead', 'Explain', { deliverableId: '77', text: said('không có sản phẩm') }],
]

const line = (id: string, more: object): string =>
  JSON.stringify({
    source: 'mcdt',
    id,
    dossier: 'H52-1',
    type: 'Accepted',
    occurredAt: '2026-04-15T09:00:00+07:00',
    procedure: 'DEMO-TT-10',
    agency: 'Văn phòng UBND tỉnh',
    ...more,
  })
const byName = { by: { name: said('tên'), position: 'Công chức' }, reason: said('lý do') }
const lines = [
  line('a', { data: byName }),
  line('b', { type: 'Không có loại này', data: byName }),
  `{"không phải JSON ${said('dòng hỏng')}`,
]

export interface Sent {
  readonly accepted: readonly Asked[]
  readonly refused: readonly (readonly [number, Asked])[]
  readonly heard: string
}

/** Everything above, with a listener on the stream of changes. */
export async function play(api: TestApi): Promise<Sent> {
  const stop = new AbortController()
  let heard = ''
  const stream = await fetch(new URL('/api/v1/stream', api.url), {
    headers: { authorization: `Bearer ${api.keys['van-thu-vpub']}` },
    signal: stop.signal,
  })
  const listening = (async () => {
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) heard += chunk
  })().catch(() => undefined)
  const send = (person: Person, name: string, data: object, query = ''): Promise<Asked> =>
    api.send(person, `${task}/transitions/${name}${query}`, { data })
  const answers: [number, Asked][] = []
  for (const [status, person, name, data] of refused) answers.push([status, await send(person, name, data)])
  const taken: Asked[] = []
  for (const [person, name, data] of accepted) {
    await send(person, name, data, '?dryRun=true')
    taken.push(await send(person, name, data))
  }
  await api.ask('clerk', '/api/v1/dossiers/events', {
    method: 'POST',
    body: lines.join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
  await api.ask(null, `${task}?text=${marker}`)
  await eventually(() => heard.includes('task.Withdrawn'), { what: 'the last change on the stream' })
  stop.abort()
  await listening
  return { accepted: taken, refused: answers, heard }
}

/** Until the views have everything: whatever holds a text, holds it now. */
export async function settled(api: TestApi, { accepted: taken }: Sent): Promise<void> {
  const position = taken.at(-1)!.headers.get('roviec-position')!
  for (const path of ['/api/v1/tasks', '/api/v1/dossiers', '/api/v1/dossiers/rejected'])
    await eventually(
      async () => (await api.ask('clerk', path, { headers: { 'roviec-at-least': position } })).status === 200,
    )
}
