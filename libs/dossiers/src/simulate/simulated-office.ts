import { addDays, type BusinessCalendar, type LocalDate } from '#calendar'
import type { Channel } from '../domain/dossier.message.js'

type Weighted<Choice> = readonly (readonly [Choice, number])[]

export interface SimulatedProcedure {
  readonly code: string
  /** As a line that `dossiers evaluate` reads. */
  readonly line: object
  due(calendar: BusinessCalendar, accepted: LocalDate): LocalDate
}

const note = 'Dữ liệu minh họa, không phải thủ tục có thật'

/** The procedures that the first start enters (`seeds/procedures.demo.csv`), openly no real ones. */
export const simulatedProcedures: Weighted<SimulatedProcedure> = [
  [
    {
      code: 'DEMO-TT-10',
      line: {
        kind: 'procedure',
        code: 'DEMO-TT-10',
        name: note,
        time: 10,
        unit: 'working-day',
        supplement: 'resume',
        maxSupplements: 1,
        feeStopsClock: true,
        steps: [
          { agency: 'Văn phòng UBND tỉnh', time: 0.5 },
          { agency: 'Sở Tư pháp', time: 8 },
          { agency: 'Văn phòng UBND tỉnh', time: 1.5 },
        ],
      },
      due: (calendar, accepted) => calendar.addWorkingDays(accepted, 10),
    },
    70,
  ],
  [
    {
      code: 'DEMO-TT-15N',
      line: {
        kind: 'procedure',
        code: 'DEMO-TT-15N',
        name: note,
        time: 15,
        unit: 'calendar-day',
        supplement: 'restart',
        maxSupplements: 1,
      },
      due: (calendar, accepted) => calendar.rollForward(addDays(accepted, 15)),
    },
    30,
  ],
]

/** Departments of Sơn La of 2025, by how much people want of them. */
export const simulatedAgencies: Weighted<string> = [
  ['Sở Tư pháp', 30],
  ['Sở Nông nghiệp và Môi trường', 22],
  ['Sở Xây dựng', 12],
  ['Sở Nội vụ', 10],
  ['Sở Y tế', 9],
  ['Sở Giáo dục và Đào tạo', 7],
  ['Sở Tài chính', 6],
  ['Sở Công Thương', 4],
]

export const simulatedChannels: Weighted<Channel> = [
  ['online', 60],
  ['direct', 35],
  ['post', 5],
]

/** How busy a month is: quiet around Tết, school papers in summer, much to finish in the last weeks of the year. */
export const seasons: readonly number[] = [70, 80, 110, 105, 100, 110, 115, 125, 110, 95, 90, 115]

/** The lives that a dossier may have, of ten thousand. */
export const simulatedLives = [
  ['early', 3_000],
  ['on-time', 5_150],
  ['supplemented', 500],
  ['late-by-synchronisation', 250],
  ['reappointed', 200],
  ['late-accounted', 250],
  ['late-unaccounted', 200],
  ['unfinished', 50],
  ['withdrawn', 150],
  ['stopped', 50],
  ['refused', 200],
] as const satisfies Weighted<string>

export type SimulatedLife = (typeof simulatedLives)[number][0]
