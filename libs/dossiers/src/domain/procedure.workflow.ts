import { party, workflow, type Deciding, type Workflow } from '#engine/workflow'
import { canonicalJson, refuse, tidyVietnamese, type Refusal } from '#kernel'
import { SetVersion, type ProcedureCommands } from './procedure.commands.js'
import type { ProcedureEvent, ProcedureEvents, RecordedVersion } from './procedure.events.js'
import { periodOf } from './procedure.js'
import { procedureKey } from './stream-key.js'

export interface ProcedureState {
  readonly status: 'absent' | 'kept'
  readonly code: string
  /** Of the last change; 0 before the first. */
  readonly revision: number
  /** In order of their first day. */
  readonly versions: readonly RecordedVersion[]
}

const keeper = party<ProcedureState>(
  'procedure-keeper',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, Sở Nội vụ, người vận hành hệ thống',
    en: 'clerk of the provincial office, Sở Nội vụ, operator',
  },
  ({ roles }) => roles.some((role) => ['clerk', 'home-affairs', 'operator', 'system'].includes(role)),
)

/** Those who keep procedures or examine who keeps them; an operator, who may enter a table, reads nothing personal. */
const supervisor = party<ProcedureState>(
  'procedure-supervisor',
  {
    vi: 'chuyên viên Văn phòng UBND tỉnh, Sở Nội vụ, thanh tra tỉnh, người kiểm tra, giám sát',
    en: 'clerk of the provincial office, Sở Nội vụ, the inspectorate, an auditor',
  },
  ({ roles }) => roles.some((role) => ['clerk', 'home-affairs', 'inspectorate', 'auditor'].includes(role)),
)

/** Administrative procedures on record, one stream a code, each with its versions. */
export const procedureWorkflow: Workflow<ProcedureState> = workflow<
  ProcedureState,
  ProcedureCommands,
  ProcedureEvents
>({
  name: 'procedure',
  initial: { status: 'absent', code: '', revision: 0, versions: [] },
  statuses: { absent: { vi: 'chưa có', en: 'absent' }, kept: { vi: 'đang dùng', en: 'kept' } },
  personal: { 'procedure.VersionCorrected': ['reason'] },
  personalReaders: [supervisor],
  transitions: {
    SetVersion: {
      text: { vi: 'Ghi phiên bản thủ tục', en: 'Record a version of the procedure' },
      input: SetVersion,
      from: ['absent', 'kept'],
      by: [keeper],
      to: ['kept'],
      decide: setVersion,
    },
  },
  evolve: {
    'procedure.VersionAdded': withVersion,
    'procedure.VersionCorrected': (state, { reason: _reason, ...version }) => withVersion(state, version),
  },
})

function withVersion({ versions, revision }: ProcedureState, version: RecordedVersion): ProcedureState {
  const others = versions.filter(({ validFrom }) => validFrom !== version.validFrom)
  const all = [...others, version].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
  return { status: 'kept', code: version.code, revision: revision + 1, versions: all }
}

/** What is on record already says nothing new: no event, so that a table may be imported again and again. */
function setVersion({
  aggregate,
  state,
  command,
}: Deciding<ProcedureState, SetVersion>): readonly ProcedureEvent[] | Refusal {
  if (procedureKey(command.code) !== aggregate) return otherProcedure(command.code)
  const version = versionOf(command)
  if (version === null) return timeInvalid(command.code)
  const known = state.versions.find(({ validFrom }) => validFrom === version.validFrom)
  if (known === undefined) return [{ type: 'procedure.VersionAdded', data: version }]
  if (canonicalJson(rulesOf(known)) === canonicalJson(rulesOf(version))) return []
  if (command.reason === undefined) return versionDiffers(version)
  return [{ type: 'procedure.VersionCorrected', data: { ...version, reason: command.reason } }]
}

/** The same rules cited from another document are the same version. */
function rulesOf({ source: _source, ...rules }: RecordedVersion): object {
  return rules
}

function versionOf(command: SetVersion): RecordedVersion | null {
  const { code, name, field, validFrom, time, unit, document, issuedOn, steps = [] } = command
  const within = periodOf(time, unit)
  const timed = steps.map((step) => ({ step, within: periodOf(step.time, step.unit) }))
  if (within === null || timed.some((each) => each.within === null)) return null
  return {
    code,
    name: name === undefined ? null : tidyVietnamese(name),
    field: field === undefined ? null : tidyVietnamese(field),
    validFrom: validFrom ?? null,
    within,
    supplement: command.supplement ?? 'resume',
    maxSupplements: command.maxSupplements ?? 1,
    feeStopsClock: command.feeStopsClock ?? false,
    lastHourRule: command.lastHourRule ?? false,
    steps: timed.map((each) => ({
      id: each.step.id ?? null,
      agency: each.step.agency,
      within: each.within!,
    })),
    source: { document: tidyVietnamese(document), issuedOn: issuedOn ?? null },
  }
}

function versionDiffers({ code, validFrom }: RecordedVersion): Refusal {
  const from =
    validFrom === null ? { vi: 'từ trước đến nay', en: 'since ever' } : { vi: validFrom, en: validFrom }
  return refuse(
    'procedure-version-differs',
    {
      vi: `Thủ tục ${code} (hiệu lực ${from.vi}) đã ghi với nội dung khác. Nêu lý do để ghi đính chính; hồ sơ đã tiếp nhận giữ phiên bản cũ.`,
      en: `Procedure ${code} (in force ${from.en}) is on record with other content. Give a reason to correct it; dossiers accepted before keep what they pinned.`,
    },
    { code, validFrom },
  )
}

function timeInvalid(code: string): Refusal {
  return refuse(
    'procedure-time-invalid',
    {
      vi: `Thời hạn của thủ tục ${code} chưa đúng: số nguyên dương; ngày làm việc có thể lẻ nửa ngày, 0 là trong ngày.`,
      en: `The time of procedure ${code} is no time: whole and positive; working days may have a half, 0 is the same day.`,
    },
    { code },
  )
}

function otherProcedure(code: string): Refusal {
  return refuse(
    'procedure-code-differs',
    {
      vi: `Mã thủ tục “${code}” khác mã của bản ghi. Ghi vào đúng thủ tục.`,
      en: `The code ${code} is not that of this record. Send it to its own procedure.`,
    },
    { code },
  )
}
