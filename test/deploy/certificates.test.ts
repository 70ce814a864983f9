import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { X509Certificate } from 'node:crypto'
import { connect, createServer } from 'node:tls'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { composeOf, readDeploy } from './deploy.test-support.js'

/** What the script of a deployment makes, in a folder of its own. */
function made(script: string): (file: string) => Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'roviec-certificates-'))
  const copy = join(folder, 'certificates.sh')
  copyFileSync(fileURLToPath(new URL(`../../deploy/${script}`, import.meta.url)), copy)
  execFileSync('sh', [copy], { stdio: 'ignore' })
  return (file) => readFileSync(join(folder, file))
}

const hostsOf = (url: string): string[] => [...url.matchAll(/[/,]([\w.-]+):2113/gu)].map(([, host]) => host!)

/** Whether a client that trusts the CA takes the server for the host. */
async function isTaken(host: string, files: { key: Buffer; cert: Buffer; ca: Buffer }): Promise<boolean> {
  const server = createServer({ key: files.key, cert: files.cert }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1', servername: host, ca: files.ca })
  const taken = await new Promise<boolean>((resolve) => {
    socket.once('secureConnect', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  socket.destroy()
  server.close()
  return taken
}

describe('the certificates', () => {
  it('of Kubernetes are taken for each node of the address, and for no other', async () => {
    const read = made('kubernetes/certificates.sh')
    const files = {
      key: read('secrets/node.key'),
      cert: read('secrets/node.crt'),
      ca: read('secrets/ca.crt'),
    }
    const { configMapGenerator } = parse(readDeploy('kubernetes/kustomization.yaml')) as {
      configMapGenerator: readonly { readonly literals: readonly string[] }[]
    }
    const hosts = hostsOf(
      configMapGenerator[0]!.literals.find((one) => one.startsWith('ROVIEC_EVENTSTORE_URL'))!,
    )
    expect(hosts).toHaveLength(3)
    for (const host of hosts) expect([host, await isTaken(host, files)]).toEqual([host, true])
    expect(await isTaken('eventstoredb-3.eventstoredb', files)).toBe(false)
    expect(new X509Certificate(files.cert).subject).toBe('CN=eventstoredb-node')
    expect(Buffer.from(read('secrets/master-key').toString(), 'base64')).toHaveLength(32)
  }, 60_000)
})

// As anyone else the script refuses: the containers could not read what it makes.
const whereAllowed = [0, 1000].includes(process.getuid!()) ? describe : describe.skip

whereAllowed('the certificates of the compose file', () => {
  it('are taken each for its node alone', async () => {
    const read = made('compose/cluster/certificates.sh')
    const hosts = hostsOf(composeOf('cluster').services['api1']!.environment!['ROVIEC_EVENTSTORE_URL']!)
    expect(hosts).toHaveLength(3)
    const ca = read('certificates/ca/ca.crt')
    for (const host of hosts) {
      const files = {
        key: read(`certificates/${host}/node.key`),
        cert: read(`certificates/${host}/node.crt`),
        ca,
      }
      for (const other of hosts)
        expect([host, other, await isTaken(other, files)]).toEqual([host, other, other === host])
      expect(new X509Certificate(files.cert).subject).toBe('CN=eventstoredb-node')
    }
  }, 60_000)
})
