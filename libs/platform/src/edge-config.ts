import { isIP } from 'node:net'
import { invalid } from '#kernel'

/** How the server behaves towards those who use and watch it. */
export interface EdgeConfig {
  /** A view that is further behind makes the server say that it is not ready. */
  readonly readyMaxLagSeconds: number
  /** Commands in work and waiting in this process; one more is answered 503. */
  readonly maxCommands: number
  /** How long a stop may take before the process ends by force. */
  readonly stopWithinSeconds: number
  /** Opens /metrics to whoever sends it; null: only this machine and keys of operators and auditors. */
  readonly metricsToken: string | null
  /** Addresses and CIDR ranges of proxies: what they say in `X-Forwarded-For` of their client is believed. */
  readonly trustedProxies: readonly string[]
}

/** A minute: a person waits that long for a list to show what was recorded, and asks why. */
const defaultReadyMaxLagSeconds = 60

/** What a group commit takes in a second or two; each holds some 10 kB, so all of them some 10 MB. */
const defaultMaxCommands = 1_000

/** Below the 20 seconds after which the deployments of `deploy/` kill, and the 30 that Kubernetes gives. */
const defaultStopWithinSeconds = 15

/** Short tokens are guessed. */
const shortestToken = 16

type Environment = Readonly<Record<string, string | undefined>>

/** @throws RoviecError `config-invalid` naming the variable and what it takes. */
export function readEdgeConfig(env: Environment): EdgeConfig {
  return {
    readyMaxLagSeconds: count(env, 'ROVIEC_READY_MAX_LAG_SECONDS', defaultReadyMaxLagSeconds),
    maxCommands: count(env, 'ROVIEC_MAX_COMMANDS', defaultMaxCommands),
    stopWithinSeconds: count(env, 'ROVIEC_STOP_WITHIN_SECONDS', defaultStopWithinSeconds),
    metricsToken: token(env, 'ROVIEC_METRICS_TOKEN'),
    trustedProxies: addresses(env, 'ROVIEC_TRUSTED_PROXIES'),
  }
}

function count(env: Environment, name: string, fallback: number): number {
  const value = env[name]
  if (value === undefined || value === '') return fallback
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1) return number
  throw wrong(name, 'một số nguyên từ 1', 'a whole number from 1')
}

function token(env: Environment, name: string): string | null {
  const value = env[name]
  if (value === undefined || value === '') return null
  if (value.length >= shortestToken && /^[\x21-\x7e]+$/.test(value)) return value
  throw wrong(
    name,
    `ít nhất ${shortestToken} ký tự ASCII, không có dấu cách`,
    `at least ${shortestToken} ASCII characters without spaces`,
  )
}

function addresses(env: Environment, name: string): readonly string[] {
  const listed = (env[name] ?? '').split(',').map((one) => one.trim())
  const named = listed.filter((one) => one !== '')
  if (named.every(isAddressOrRange)) return named
  throw wrong(
    name,
    'các địa chỉ IP hoặc dải CIDR cách nhau bằng dấu phẩy, ví dụ 10.0.0.5,10.1.0.0/16',
    'IP addresses or CIDR ranges parted by commas, such as 10.0.0.5,10.1.0.0/16',
  )
}

/** Not a range of all addresses: then every client would choose its own. */
function isAddressOrRange(text: string): boolean {
  const [, address = '', prefix] = /^([\d.a-f:]+)(?:\/([1-9]\d{0,2}))?$/iu.exec(text) ?? []
  const version = isIP(address)
  return version !== 0 && Number(prefix ?? 1) <= (version === 4 ? 32 : 128)
}

/** The value itself is not repeated: it may be a secret. */
function wrong(name: string, vi: string, en: string): Error {
  return invalid(
    'config-invalid',
    { vi: `Biến môi trường ${name} phải là ${vi}.`, en: `The environment variable ${name} must be ${en}.` },
    { variable: name },
  )
}
