import type { Period } from '#calendar'
import {
  periodOf,
  supplementRules,
  timeUnits,
  type ProcedureVersion,
  type TimeUnit,
} from '../domain/procedure.js'
import { fieldInvalid, fieldMissing } from './line-rejection.js'
import { LineInvalid, type LineReader } from './line-reader.js'

/** @throws LineInvalid */
export function readProcedure(line: LineReader): ProcedureVersion {
  const unit = line.oneOf('unit', timeUnits) ?? 'working-day'
  const maxSupplements = line.number('maxSupplements') ?? 1
  if (!(Number.isInteger(maxSupplements) && maxSupplements >= 0))
    throw new LineInvalid(
      fieldInvalid('maxSupplements', { vi: 'số nguyên từ 0', en: 'a whole number from 0' }),
    )
  return {
    code: line.required('code'),
    name: line.text('name'),
    validFrom: line.day('validFrom'),
    within: withinOf(line, unit, 'time'),
    supplement: line.oneOf('supplement', supplementRules) ?? 'resume',
    maxSupplements,
    feeStopsClock: line.flag('feeStopsClock'),
    lastHourRule: line.flag('lastHourRule'),
    steps: line.list('steps').map((step, at) => ({
      id: step.text('id') ?? step.text('step') ?? step.text('name'),
      agency: step.required('agency'),
      within: withinOf(step, step.oneOf('unit', timeUnits) ?? unit, `steps[${at}].time`),
    })),
  }
}

function withinOf(line: LineReader, unit: TimeUnit, field: string): Period {
  const time = line.number('time')
  if (time === null) throw new LineInvalid(fieldMissing(field))
  const within = periodOf(time, unit)
  if (within !== null) return within
  throw new LineInvalid(
    fieldInvalid(field, {
      vi: 'số dương; ngày làm việc có thể lẻ nửa ngày, 0 là trong ngày',
      en: 'a positive number; working days may have a half, 0 is the same day',
    }),
  )
}
