import 'reflect-metadata'
import { Type } from 'class-transformer'
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator'
import { party, workflow, type Deciding, type EventOf, type Workflow } from '#engine/workflow'
import { deriveId, refuse, type Refusal } from '#kernel'

/** Characters of the longest line that is read (1 MB): whatever was read can be sent again. */
export const mostKeptOfLine = 1_048_576

/** Lines a stream holds: it is read whole before each append. Further ones go to the next stream of the day. */
export const mostLinesAStream = 1_000

const shortText = 500

export class TextInput {
  @IsString() @MaxLength(2_000) vi!: string
  @IsString() @MaxLength(2_000) en!: string
}

export class RejectedLineInput {
  /** The line as received. */
  @IsString() @MaxLength(mostKeptOfLine) line!: string
  /** Whether that is its beginning only. */
  @IsBoolean() cut!: boolean
  @IsString() @Length(1, 80) code!: string
  @ValidateNested() @Type(() => TextInput) message!: TextInput
  /** Where they could be read. */
  @IsOptional() @IsString() @MaxLength(shortText) source?: string
  @IsOptional() @IsString() @MaxLength(shortText) id?: string
  @IsOptional() @IsString() @MaxLength(shortText) dossier?: string
}

export class KeepLines {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RejectedLineInput)
  lines!: RejectedLineInput[]
}

export class DismissLines {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) keys!: string[]
  @IsString() @Length(1, 2_000) @Matches(/\S/) reason!: string
}

/** A line that was not taken, whole, so that it can be sent again once what stood in its way is mended. */
export interface LineRejected {
  /** From line and reason: the same line rejected again for the same reason, on whichever day, is the same entry. */
  readonly key: string
  readonly line: string
  readonly cut: boolean
  readonly code: string
  readonly message: { readonly vi: string; readonly en: string }
  readonly source: string | null
  readonly id: string | null
  readonly dossier: string | null
}

export interface RejectionEvents {
  'dossier.LineRejected': LineRejected
  /** Nobody will send it again, and why. */
  'dossier.LineDismissed': { readonly key: string; readonly reason: string }
}

interface RejectionCommands {
  KeepLines: KeepLines
  DismissLines: DismissLines
}

export interface RejectionState {
  readonly status: 'absent' | 'kept'
  /** Of all lines. */
  readonly keys: readonly string[]
  readonly dismissed: readonly string[]
}

type Decision = readonly EventOf<RejectionEvents>[] | Refusal

const reporter = party<RejectionState>(
  'reporter',
  { vi: 'hệ thống kết nối, chuyên viên Văn phòng UBND tỉnh', en: 'a connected system, a clerk' },
  ({ roles }) => roles.some((role) => ['connector', 'clerk', 'system'].includes(role)),
)

const clerk = party<RejectionState>(
  'clerk',
  { vi: 'chuyên viên Văn phòng UBND tỉnh', en: 'a clerk of the provincial office' },
  ({ roles }) => roles.includes('clerk'),
)

/** Rejected lines by source and day: `rejection-<source>:<day>:<n>`. */
export const rejectionWorkflow: Workflow<RejectionState> = workflow<
  RejectionState,
  RejectionCommands,
  RejectionEvents
>({
  name: 'rejection',
  initial: { status: 'absent', keys: [], dismissed: [] },
  statuses: { absent: { vi: 'chưa có', en: 'absent' }, kept: { vi: 'đang lưu', en: 'kept' } },
  personal: { 'dossier.LineRejected': ['line'], 'dossier.LineDismissed': ['reason'] },
  personalReaders: [clerk],
  transitions: {
    KeepLines: {
      text: { vi: 'Lưu dòng chưa nhận', en: 'Keep rejected lines' },
      input: KeepLines,
      from: ['absent', 'kept'],
      by: [reporter],
      to: ['kept'],
      decide: keepLines,
    },
    DismissLines: {
      text: { vi: 'Bỏ dòng chưa nhận', en: 'Dismiss rejected lines' },
      input: DismissLines,
      from: ['kept'],
      by: [clerk],
      to: ['kept'],
      decide: dismissLines,
    },
  },
  evolve: {
    'dossier.LineRejected': (state, { key }) => ({ ...state, status: 'kept', keys: [...state.keys, key] }),
    'dossier.LineDismissed': (state, { key }) => ({ ...state, dismissed: [...state.dismissed, key] }),
  },
})

function keepLines({ state, command }: Deciding<RejectionState, KeepLines>): Decision {
  const known = new Set(state.keys)
  const events: EventOf<RejectionEvents>[] = []
  for (const { source, id, dossier, ...line } of command.lines) {
    const key = deriveId('rejected-line', line.code, line.line)
    if (known.has(key)) continue
    known.add(key)
    const named = { source: source ?? null, id: id ?? null, dossier: dossier ?? null }
    events.push({ type: 'dossier.LineRejected', data: { key, ...line, ...named } })
  }
  return known.size > mostLinesAStream && events.length > 0 ? streamFull() : events
}

function dismissLines({ state, command }: Deciding<RejectionState, DismissLines>): Decision {
  const unknown = command.keys.find((key) => !state.keys.includes(key))
  if (unknown !== undefined) return lineUnknown(unknown)
  const open = [...new Set(command.keys)].filter((key) => !state.dismissed.includes(key))
  return open.map((key) => ({ type: 'dossier.LineDismissed', data: { key, reason: command.reason } }))
}

function streamFull(): Refusal {
  return refuse('rejections-full', {
    vi: 'Tập dòng chưa nhận này đã đầy. Ghi vào tập tiếp theo.',
    en: 'This stream of rejected lines is full. Use the next one.',
  })
}

function lineUnknown(key: string): Refusal {
  return refuse(
    'rejected-line-unknown',
    {
      vi: `Không có dòng chưa nhận mã “${key}”. Xem lại danh sách.`,
      en: `There is no rejected line ${key}. Look at the list again.`,
    },
    { key },
  )
}
