import {
  apologyRules,
  channels,
  dossierMessageTypes,
  type Change,
  type DossierMessage,
  type MessageData,
  type Person,
} from '../domain/dossier.message.js'
import { fieldInvalid, fieldMissing } from './line-rejection.js'
import { LineInvalid, type LineReader } from './line-reader.js'

/** @throws LineInvalid */
export function readMessage(line: LineReader): DossierMessage {
  const type = line.oneOf('type', dossierMessageTypes) ?? missing('type')
  const occurredAt = line.moment('occurredAt') ?? missing('occurredAt')
  const recordedAtSource = line.moment('recordedAtSource')
  const data = dataOf(line.object('data'))
  if (type === 'Corrected' && data.corrects === null) missing('data.corrects')
  if (type === 'Corrected' && data.change === null) missing('data.change')
  return {
    source: line.required('source'),
    id: line.required('id'),
    dossier: line.required('dossier'),
    type,
    occurredAt,
    recordedAtSource,
    received: line.moment('recordedAt') ?? recordedAtSource ?? occurredAt,
    procedure: line.text('procedure'),
    agency: line.text('agency'),
    channel: line.oneOf('channel', channels),
    step: line.text('step'),
    apologyRule: line.oneOf('apologyRule', apologyRules),
    delayCausedBy: line.text('delayCausedBy'),
    data,
  }
}

const noData: MessageData = {
  appointment: null,
  newDate: null,
  signer: null,
  by: null,
  reason: null,
  corrects: null,
  change: null,
  due: null,
}

function dataOf(data: LineReader | null): MessageData {
  if (data === null) return noData
  return {
    appointment: data.day('appointment'),
    newDate: data.day('newDate'),
    signer: personOf(data.object('signer')),
    by: personOf(data.object('by')),
    reason: data.freeText('reason'),
    corrects: data.text('corrects'),
    change: changeOf(data),
    due: data.day('due'),
  }
}

function personOf(person: LineReader | null): Person | null {
  if (person === null) return null
  return { agency: person.text('agency'), position: person.text('position'), name: person.text('name') }
}

/** `"void"`, `{"void": true}`, `{"occurredAt": "2026-04-15T09:30"}`, or the new time alone. */
function changeOf(data: LineReader): Change | null {
  if (!data.has('change')) return null
  if (data.isObject('change')) {
    const change = data.object('change')!
    const occurredAt = change.moment('occurredAt')
    if (occurredAt !== null) return { occurredAt }
    if (change.flag('void')) return { void: true }
    throw new LineInvalid(changeInvalid)
  }
  if (data.text('change') === 'void') return { void: true }
  return { occurredAt: data.moment('change')! }
}

const changeInvalid = fieldInvalid('data.change', {
  vi: '{"occurredAt": thời điểm đúng} hoặc {"void": true}',
  en: '{"occurredAt": the right time} or {"void": true}',
})

function missing(field: string): never {
  throw new LineInvalid(fieldMissing(field))
}
