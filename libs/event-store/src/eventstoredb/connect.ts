import { accessSync, constants } from 'node:fs'
import { EventStoreDBClient } from '@eventstore/db-client'
import { invalid } from '#kernel'
import { assertUserCertificate } from './user-certificate.js'

/** Options of an address that name a file. */
const fileOptions = ['tlsCAFile', 'userCertFile', 'userKeyFile']

/** What the library knows beside these; in its spelling, which it reads without regard to case, `-` and `_`. */
const otherOptions = [
  'maxDiscoverAttempts',
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'nodePreference',
  'tls',
  'throwOnAppendFailure',
  'keepAliveInterval',
  'keepAliveTimeout',
]

const known = new Map([...fileOptions, ...otherOptions].map((name) => [flat(name), name]))

/**
 * The library's client for an address. Whatever it would complain about is found here first: it writes the whole
 * address, with the password, to the console and into its errors.
 *
 * @throws RoviecError `event-store-address-invalid`, `event-store-file-unreadable`,
 *   `event-store-user-certificate-invalid`
 */
export function connect(address: string): EventStoreDBClient {
  const files = filesOf(address)
  for (const [option, path] of files) assertReadable(option, path)
  assertUserCertificate(files)
  try {
    return EventStoreDBClient.connectionString(address)
  } catch {
    // Its error holds the address.
    throw addressInvalid(null)
  }
}

/**
 * The files that an address names, by the library's name of the option.
 *
 * @throws RoviecError `event-store-address-invalid` naming an option that the library does not know
 */
export function filesOf(address: string): ReadonlyMap<string, string> {
  const [, parameters = ''] = /\?(.*)$/su.exec(address.trim()) ?? []
  const files = new Map<string, string>()
  for (const [key, value] of parameters.split('&').flatMap((part) => (part ? [split(part)] : []))) {
    const name = known.get(flat(key))
    if (name === undefined) throw addressInvalid(key)
    if (fileOptions.includes(name)) files.set(name, decodeURIComponent(value.trim()))
  }
  return files
}

function split(part: string): [string, string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
}

function flat(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[_-]/gu, '')
}

function assertReadable(option: string, path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw invalid(
      'event-store-file-unreadable',
      {
        vi: `Không đọc được tệp ${path} (${option}) dùng để kết nối kho sự kiện. Kiểm tra đường dẫn và quyền đọc.`,
        en: `The file ${path} (${option}), needed to reach the event store, cannot be read. Check its path and permissions.`,
      },
      { option, path },
    )
  }
}

function addressInvalid(option: string | null): Error {
  return invalid(
    'event-store-address-invalid',
    {
      vi: `Địa chỉ kho sự kiện không hợp lệ${option === null ? '' : ` (tham số "${option}")`}. Viết dạng esdb://máy:2113?tls=true; ký tự đặc biệt trong mật khẩu phải mã hoá kiểu URL.`,
      en: `The address of the event store is not valid${option === null ? '' : ` (parameter "${option}")`}. Write esdb://host:2113?tls=true; special characters of a password have to be URL-encoded.`,
    },
    { option },
  )
}
