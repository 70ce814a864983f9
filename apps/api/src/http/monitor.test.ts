import { describe, expect, it } from '@jest/globals'
import type { FastifyRequest } from 'fastify'
import { isMonitor } from './monitor.js'

const token = 'a-token-of-some-length'
const asked = (ip: string, headers: Record<string, string> = {}): FastifyRequest =>
  ({ ip, headers }) as unknown as FastifyRequest

describe('isMonitor', () => {
  it('without a token is whoever is on this machine, and nobody whom a proxy on it brings in', () => {
    for (const ip of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(isMonitor(asked(ip), null)).toBe(true)
    for (const ip of ['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.example.vn', 'fe80::1'])
      expect(isMonitor(asked(ip), null)).toBe(false)
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect(isMonitor(asked('127.0.0.1', { [header]: '203.0.113.7' }), null)).toBe(false)
  })

  it('with a token is whoever has it, from anywhere, and nobody else', () => {
    expect(isMonitor(asked('10.0.0.1', { authorization: `Bearer ${token}` }), token)).toBe(true)
    for (const authorization of ['', 'Bearer ', `Bearer ${token}x`, token, `Basic ${token}`])
      expect(isMonitor(asked('127.0.0.1', { authorization }), token)).toBe(false)
  })
})
