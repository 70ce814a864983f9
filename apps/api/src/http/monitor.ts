import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** A proxy on this machine makes everyone look as if they were on it. */
const ofProxies = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'] as const

const thisMachine = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Who may read the numbers without being an official: whoever has the token; where there is none, this machine. */
export function isMonitor(
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
  token: string | null,
): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  return thisMachine.test(ip) && ofProxies.every((name) => headers[name] === undefined)
}

/** In a time that says nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
