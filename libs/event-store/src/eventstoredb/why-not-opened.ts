import { connect as connectTls } from 'node:tls'
import { EventStoreUnavailable } from '../port/errors.js'
import { filesOf } from './connect.js'
import { namesLeader, readFailure, tlsMismatch, userCertificateRefused } from './errors.js'
import { Transport, versionWithinMs } from './transport.js'
import { refusesUserCertificate } from './user-certificate.js'

/** Milliseconds in which a server that speaks TLS has to say so. */
const handshakeWithinMs = 2_000

const nodes = /^(esdb(?:\+discover)?:\/\/)((?:[^/?]*@)?)([^/?]*)/u

/**
 * What keeps a store from being opened, as exactly as can be told. Looking for a cluster's leader fails without a
 * reason; one node asked by itself gives it, if it is a setting. A server that speaks TLS leaves who does not without
 * a word; a handshake tells. So does one with the user certificate that the address names.
 */
export async function whyNotOpened(url: string, error: unknown): Promise<unknown> {
  const failure = readFailure(error)
  if (!(failure instanceof EventStoreUnavailable) || namesLeader(failure)) return failure
  const [, , , hosts = ''] = nodes.exec(url) ?? []
  const [first = ''] = hosts.split(',')
  if (first !== hosts) {
    const reason = await reasonAt(url.replace(nodes, `$1$2${first}`))
    if (reason) return reason
  }
  if (/[?&]tls=false(?:&|$)/iu.test(url) && (await speaksTls(first))) return tlsMismatch(error)
  if (await refusesUserCertificate(first, filesOf(url))) return userCertificateRefused(error)
  return new EventStoreUnavailable(error, hosts)
}

async function reasonAt(url: string): Promise<unknown> {
  const transport = new Transport(url)
  const failure = await transport.serverVersion(versionWithinMs).then(() => undefined, readFailure)
  await transport.close().catch(() => undefined)
  return failure instanceof EventStoreUnavailable ? undefined : failure
}

function speaksTls(node: string): Promise<boolean> {
  const { hostname, port } = new URL(`tls://${node}`)
  return new Promise((resolve) => {
    // Nothing is sent over it: the certificate is of no account.
    const socket = connectTls({ host: hostname, port: Number(port || 2113), rejectUnauthorized: false })
    const end = (speaks: boolean): void => {
      socket.destroy()
      resolve(speaks)
    }
    socket.setTimeout(handshakeWithinMs, () => end(false))
    socket.once('secureConnect', () => end(true))
    socket.once('error', () => end(false))
  })
}
