import { describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { wasRolledBack } from './rolled-back.js'

function failure(code: string): Error {
  return Object.assign(new pg.DatabaseError('refused', 0, 'error'), { code })
}

describe('wasRolledBack', () => {
  it.each(['23505', '22021', '40001', '40P01', '42501', '54000', '55P03', '57014', 'P0001', '25006'])(
    'is certain that nothing was written after %s',
    (code) => {
      expect(wasRolledBack(failure(code))).toBe(true)
    },
  )

  it.each(['57P01', '57P02', '57P03', '08006', '25P03', '25P04', '53100', '58030', 'XX000'])(
    'is not certain after %s, with which the session or the server may have ended',
    (code) => {
      expect(wasRolledBack(failure(code))).toBe(false)
    },
  )

  it('is not certain when the connection broke', () => {
    expect(wasRolledBack(new Error('Connection terminated unexpectedly'))).toBe(false)
    expect(wasRolledBack(new Error('Query read timeout'))).toBe(false)
  })
})
