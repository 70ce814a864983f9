import { readFileSync } from 'node:fs'
import { connect, createSecureContext } from 'node:tls'
import { invalid } from '#kernel'

/** Milliseconds in which a server has to answer or to close. */
const answerWithinMs = 2_000

/** How a client of HTTP/2 begins: its preface, and settings that are the usual ones. A server answers with its own. */
const greeting = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
])

type Files = ReadonlyMap<string, string>

/**
 * The library asks for both files or neither and leaves their content to OpenSSL, whose complaint would be taken for
 * one about the address.
 *
 * @throws RoviecError `event-store-user-certificate-invalid` naming both files
 */
export function assertUserCertificate(files: Files): void {
  const [certificate, key] = [files.get('userCertFile'), files.get('userKeyFile')]
  if (certificate === undefined && key === undefined) return
  try {
    createSecureContext(read(files))
  } catch (error) {
    throw invalid(
      'event-store-user-certificate-invalid',
      {
        vi: `Chứng thư người dùng ${certificate ?? '(thiếu)'} và khoá ${key ?? '(thiếu)'} không dùng được cùng nhau. Đặt ROVIEC_EVENTSTORE_USER_CERT_FILE và ROVIEC_EVENTSTORE_USER_KEY_FILE thành một chứng thư PEM và khoá riêng không mật khẩu của chính nó.`,
        en: `The user certificate ${certificate ?? '(missing)'} and the key ${key ?? '(missing)'} cannot be used together. Point ROVIEC_EVENTSTORE_USER_CERT_FILE and ROVIEC_EVENTSTORE_USER_KEY_FILE to a PEM certificate and its own private key without a password.`,
      },
      // OpenSSL's code: its message could quote what it has read.
      { certificate, key, reason: (error as NodeJS.ErrnoException).code ?? null },
    )
  }
}

/** @throws Error where a file is missing, or is not what it should be */
function read(files: Files): { readonly cert: Buffer; readonly key: Buffer } {
  return { cert: readFileSync(files.get('userCertFile')!), key: readFileSync(files.get('userKeyFile')!) }
}

/**
 * Whether a node turns away the user certificate of an address. Under TLS 1.3 a server looks at it when the client
 * takes the handshake for done, and some close without a word then: that the node answers without the certificate, or
 * asks for one, is what tells this from a node that answers nobody.
 */
export async function refusesUserCertificate(node: string, files: Files): Promise<boolean> {
  if (!files.has('userCertFile') || (await answers(node, read(files))) === 'answers') return false
  return (await answers(node, {})) !== 'closes'
}

type Answer = 'answers' | 'asks for a certificate' | 'closes'

function answers(node: string, shown: object): Promise<Answer> {
  const { hostname, port } = new URL(`tls://${node}`)
  return new Promise((resolve) => {
    // Nothing is asked over it: the server's own certificate is of no account.
    const socket = connect({
      host: hostname,
      port: Number(port || 2113),
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
      ...shown,
    })
    const end = (found: Answer): void => {
      socket.destroy()
      resolve(found)
    }
    socket.setTimeout(answerWithinMs, () => end('closes'))
    socket.once('secureConnect', () => socket.write(greeting))
    socket.once('data', () => end('answers'))
    socket.once('close', () => end('closes'))
    socket.on('error', (error) =>
      end(/alert certificate required/u.test(error.message) ? 'asks for a certificate' : 'closes'),
    )
  })
}
