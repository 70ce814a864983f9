import { addDays, formatVietnameseDate, parseLocalDate, type LocalDate } from '#calendar'
import { refuse, tidyVietnamese, type Refusal } from '#kernel'
import type { AgencyFacts, Provenance } from './agency.js'
import type {
  AddAlias,
  AssignCode,
  CreateAgency,
  EndAgency,
  RecordSuccession,
  RenameAgency,
} from './agency.commands.js'
import type { AgencyEvent } from './agency.events.js'

type Decision = readonly AgencyEvent[] | Refusal

export function create(command: CreateAgency): Decision {
  const { kind, province = null, parent = null, validFrom = null } = command
  const wrong = notADay(validFrom)
  if (wrong !== null) return wrong
  const data = {
    province,
    kind,
    name: tidyVietnamese(command.name),
    parent,
    validFrom,
    ...provenance(command),
  }
  return [{ type: 'registry.AgencyCreated', data }]
}

export function rename(agency: AgencyFacts, command: RenameAgency): Decision {
  const wrong = notADay(command.from) ?? outsideLife(agency, command.from)
  if (wrong !== null) return wrong
  const { from, decision = null } = command
  const data = { name: tidyVietnamese(command.name), from, decision, ...provenance(command) }
  return [{ type: 'registry.AgencyRenamed', data }]
}

export function addAlias(agency: AgencyFacts, command: AddAlias): Decision {
  const { to = null } = command
  const wrong = notADay(to)
  if (wrong !== null) return wrong
  const alias = tidyVietnamese(command.alias)
  if (agency.aliases.some((each) => each.alias === alias) || agency.names.some(({ name }) => name === alias))
    return refuse(
      'alias-known',
      {
        vi: `Cách viết “${alias}” đã có, không cần thêm.`,
        en: `The spelling “${alias}” is known already; nothing needs adding.`,
      },
      { alias },
    )
  return [{ type: 'registry.AliasAdded', data: { alias, to, ...provenance(command) } }]
}

export function assignCode(agency: AgencyFacts, command: AssignCode): Decision {
  const { scheme, code, from = null, to = null, decision = null } = command
  const wrong = notADay(from) ?? notADay(to)
  if (wrong !== null) return wrong
  if (agency.codes.some((each) => each.scheme === scheme && each.code === code && each.from === from))
    return refuse(
      'code-known',
      {
        vi: `Mã ${code} (${scheme}) đã được ghi cho cơ quan này, không cần thêm.`,
        en: `Code ${code} (${scheme}) is recorded for this agency already; nothing needs adding.`,
      },
      { scheme, code },
    )
  const data = { scheme, code, from, to, decision, ...provenance(command) }
  return [{ type: 'registry.CodeAssigned', data }]
}

/** All but a transfer also end the agency, on the day before its successors take over. */
export function recordSuccession(agency: AgencyFacts, command: RecordSuccession): Decision {
  const { successors, date, kind, decision = null } = command
  const wrong = notADay(date)
  if (wrong !== null) return wrong
  const data = { successors, date, kind, decision, ...provenance(command) }
  const succeeded: AgencyEvent = { type: 'registry.AgencySucceeded', data }
  if (kind === 'transfer') return [succeeded]
  const validTo = addDays(date, -1)
  const tooEarly = beforeItsLife(agency, validTo)
  if (tooEarly !== null) return tooEarly
  return validTo === agency.validTo ? [succeeded] : [succeeded, ended(validTo, decision, command)]
}

export function end(agency: AgencyFacts, command: EndAgency): Decision {
  const wrong = notADay(command.validTo) ?? beforeItsLife(agency, command.validTo)
  return wrong ?? [ended(command.validTo, command.decision ?? null, command)]
}

function ended(validTo: LocalDate, decision: string | null, command: Provenance): AgencyEvent {
  return { type: 'registry.AgencyEnded', data: { validTo, decision, ...provenance(command) } }
}

function provenance({ source, confidence }: Provenance): Provenance {
  return { source, confidence }
}

function notADay(date: string | null): Refusal | null {
  if (date === null || parseLocalDate(date) !== null) return null
  return refuse(
    'date-invalid',
    {
      vi: `“${date}” không phải là ngày có trong lịch. Kiểm tra lại văn bản.`,
      en: `“${date}” is not a day of the calendar. Check the document.`,
    },
    { date },
  )
}

function outsideLife(agency: AgencyFacts, date: LocalDate): Refusal | null {
  if (agency.validTo === null || date <= agency.validTo) return beforeItsLife(agency, date)
  return refuse(
    'agency-ended',
    {
      vi: `Cơ quan đã kết thúc hoạt động từ ngày ${formatVietnameseDate(agency.validTo)}; ghi tên mới cho cơ quan kế thừa.`,
      en: `The agency ended on ${agency.validTo}; record the new name for its successor.`,
    },
    { date, validTo: agency.validTo },
  )
}

function beforeItsLife(agency: AgencyFacts, date: LocalDate): Refusal | null {
  if (agency.validFrom === null || date >= agency.validFrom) return null
  return refuse(
    'date-before-agency',
    {
      vi: `Cơ quan chỉ được thành lập từ ngày ${formatVietnameseDate(agency.validFrom)}. Kiểm tra lại ngày hoặc chọn cơ quan trước đó.`,
      en: `The agency exists only from ${agency.validFrom}. Check the date, or choose the agency before it.`,
    },
    { date, validFrom: agency.validFrom },
  )
}
