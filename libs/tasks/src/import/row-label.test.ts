import { describe, expect, it } from '@jest/globals'
import { readLabel } from './row-label.js'

describe('readLabel', () => {
  it.each(['I', 'I.', 'I ', ' I', 'I)', 'I/', 'Ⅰ', '(I)', 'I\u200b', '\u00a0I.'])(
    'opens section I at %j',
    (cell) => {
      expect(readLabel(cell)).toEqual({ type: 'section', id: 'I', title: null })
    },
  )

  it.each(['II', 'IV', 'IX', 'XIV', 'XXXVIII', 'XL', 'LXXXIX', 'Ⅷ', 'Ⅻ'])('takes %s as a section', (cell) => {
    expect(readLabel(cell)).toMatchObject({ type: 'section', id: cell.normalize('NFKC') })
  })

  it.each(['IIII', 'VV', 'IVX', 'XLX', 'i', 'v'])('does not take %s as a section', (cell) => {
    expect(readLabel(cell).type).not.toBe('section')
  })

  it('takes C, D and M as letters of a list, never as hundreds', () => {
    expect(readLabel('C')).toEqual({ type: 'task', label: 'c', number: null })
  })

  it('takes the title from a cell merged over the row', () => {
    const title = 'CẢI CÁCH THỂ CHẾ'
    expect(readLabel(`II. ${title}`)).toEqual({ type: 'section', id: 'II', title })
    expect(readLabel(`II - ${title}`)).toEqual({ type: 'section', id: 'II', title })
  })

  it.each(['1', '01', '1.', '1.0', '1,0', '(1)', '1)', ' 1 ', '１', '1\u200b', '0001', '1 .'])(
    'reads %j as task 1',
    (cell) => {
      expect(readLabel(cell)).toEqual({ type: 'task', label: '1', number: 1 })
    },
  )

  it.each([
    ['10', '10', 10],
    ['1.1', '1.1', null],
    ['1.10', '1.10', null],
    ['2a', '2a', null],
    ['3.b', '3.b', null],
    ['a)', 'a', null],
    ['đ)', 'd', null],
    ['1-2', '1.2', null],
  ])('reads %j as label %j', (cell, label, number) => {
    expect(readLabel(cell)).toEqual({ type: 'task', label, number })
  })

  it.each(['', ' ', '\u00a0', '-', '–', '+', '•', '\u200b', '...'])('sees no label in %j', (cell) => {
    expect(readLabel(cell)).toEqual({ type: 'none' })
  })

  it.each(['Phụ lục này có 72 nhiệm vụ./.', '15/02/2025x', '12345678', 'Tổng'])('cannot read %j', (cell) => {
    expect(readLabel(cell)).toEqual({ type: 'unreadable' })
  })
})
