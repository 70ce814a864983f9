import { parseLocalDate } from '#calendar'
import type { Cell, CellObject } from 'write-excel-file/node'
import { printable } from './printable-text.js'
import { hundredthsOfPercent, noPercentage } from './vietnamese-figures.js'
import type { CellValue, ColumnType } from './workbook.js'
import { cellInvalid, cellTooLong, type CellPlace } from './writing-errors.js'

/** "Total number of characters that a cell can contain" (Excel specifications and limits), in UTF-16 units. */
const longestText = 32_767

const bordered: CellObject = { borderStyle: 'thin', alignVertical: 'top' }
/** "@": stays text also when someone edits the cell, where "=1+1" in a cell of format General becomes a formula. */
const textStyle: CellObject = { ...bordered, type: String, format: '@', wrap: true }

const numberStyles: Readonly<Record<Exclude<ColumnType, 'text'>, CellObject>> = {
  integer: { ...bordered, type: Number, format: '#,##0' },
  number: { ...bordered, type: Number, format: '#,##0.00' },
  percent: { ...bordered, type: Number, format: '0.00%' },
  date: { ...bordered, type: Number, format: 'dd/mm/yyyy', align: 'center' },
}

/** @throws RoviecError `cell-invalid`, `cell-too-long`, `figure-invalid`. */
export function dataCell(value: CellValue, type: ColumnType, place: CellPlace): Cell {
  if (value === null) return bordered
  if (type === 'text') {
    if (typeof value !== 'string') throw cellInvalid(place, type)
    return { ...textStyle, value: cellText(value, place) }
  }
  const number = numberOf(value, type)
  if (number === undefined) throw cellInvalid(place, type)
  if (number === null) return { ...textStyle, value: noPercentage, align: 'right' }
  return { ...numberStyles[type], value: number }
}

/** Null for a percentage that does not exist; undefined for a value of another type. */
function numberOf(
  value: NonNullable<CellValue>,
  type: Exclude<ColumnType, 'text'>,
): number | null | undefined {
  if (type === 'percent') {
    if (typeof value !== 'object') return undefined
    const hundredths = hundredthsOfPercent(value)
    return hundredths === null ? null : hundredths / 10_000
  }
  if (type === 'date') return typeof value === 'string' ? serialOf(value) : undefined
  if (typeof value !== 'number') return undefined
  return (type === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value)) ? value : undefined
}

const dayMs = 86_400_000
const serialZero = Date.UTC(1899, 11, 30)

/**
 * The number by which Excel knows a day; no time zone has a part in it. Days before 01/3/1900 are not written: Excel
 * counts a 29/02/1900 that never was, and other programs do not.
 */
function serialOf(date: string): number | undefined {
  if (parseLocalDate(date) === null || date < '1900-03-01') return undefined
  return (Date.parse(date) - serialZero) / dayMs
}

/** @throws RoviecError `cell-too-long`. */
export function cellText(value: string, place: CellPlace): string {
  const text = printable(value)
  if (text.length > longestText) throw cellTooLong(place, text.length, longestText)
  return asStored(text)
}

/**
 * What `write-excel-file` is given so that a reader gets `text`. Excel takes `_x0041_` for an "A" (ECMA-376,
 * 22.9.2.19), so its underscore is written as such a code. The library looks texts up in a plain object and would
 * take "constructor" for one it knows; the NUL makes it another key and is dropped when XML is written.
 */
function asStored(text: string): string {
  if (text in Object.prototype) return `${text}\u0000`
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
}
