import { readFileSync } from 'node:fs'
import { invalid } from '#kernel'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The address of an EventStoreDB with the account, the certificates and the CA that the environment names, so that
 * none of them need stand in an address: `ROVIEC_EVENTSTORE_USER` with `…_PASSWORD` or `…_PASSWORD_FILE`, or
 * `…_USER_CERT_FILE` with `…_USER_KEY_FILE`; `…_CA_FILE`. What the address says itself goes before. Any other address
 * is given back as it is.
 *
 * @throws RoviecError `config-invalid` naming the variable, never a value
 */
export function withEventStoreAccount(address: string, env: Environment): string {
  const [, scheme, hosts, parameters = ''] =
    /^(esdb(?:\+discover)?:\/\/)([^/?]+)\/?(?:\?(.*))?$/u.exec(address) ?? []
  if (scheme === undefined || hosts === undefined) return address
  const query = new URLSearchParams(parameters)
  const named = new Set([...query.keys()].map((key) => key.toLowerCase()))
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined && !named.has(name.toLowerCase())) query.set(name, value)
  }
  set('tlsCAFile', read(env, 'CA_FILE'))
  const certificate = pair(env, 'USER_CERT_FILE', 'USER_KEY_FILE', read(env, 'USER_KEY_FILE'))
  set('userCertFile', certificate?.[0])
  set('userKeyFile', certificate?.[1])
  const account = pair(env, 'USER', 'PASSWORD', password(env))
  const credentials = account && !hosts.includes('@') ? `${account.map(encodeURIComponent).join(':')}@` : ''
  const text = [...query].map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
  return `${scheme}${credentials}${hosts}${text === '' ? '' : `?${text}`}`
}

function read(env: Environment, name: string): string | undefined {
  return env[`ROVIEC_EVENTSTORE_${name}`] || undefined
}

function pair(
  env: Environment,
  one: string,
  other: string,
  otherValue: string | undefined,
): readonly [string, string] | undefined {
  const value = read(env, one)
  if (value === undefined && otherValue === undefined) return undefined
  const missing = value === undefined ? one : other
  if (value === undefined || otherValue === undefined)
    throw wrong(
      missing,
      `được đặt cùng với ROVIEC_EVENTSTORE_${missing === one ? other : one}`,
      'set as well',
    )
  return [value, otherValue]
}

/** From the variable, or from the first line of the file it names: a secret mounted by the platform. */
function password(env: Environment): string | undefined {
  const file = read(env, 'PASSWORD_FILE')
  if (file === undefined) return read(env, 'PASSWORD')
  if (read(env, 'PASSWORD') !== undefined)
    throw wrong('PASSWORD_FILE', 'để trống khi đã có ROVIEC_EVENTSTORE_PASSWORD', 'empty beside a password')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw wrong('PASSWORD_FILE', 'một tệp đọc được', 'a file that can be read')
  }
  const [line = ''] = text.split(/\r?\n/u)
  if (line === '')
    throw wrong(
      'PASSWORD_FILE',
      'một tệp có mật khẩu ở dòng đầu',
      'a file with the password on its first line',
    )
  return line
}

function wrong(name: string, vi: string, en: string): Error {
  const variable = `ROVIEC_EVENTSTORE_${name}`
  return invalid(
    'config-invalid',
    {
      vi: `Biến môi trường ${variable} phải là ${vi}.`,
      en: `The environment variable ${variable} must be ${en}.`,
    },
    { variable },
  )
}
