// The account of the application, with the least it needs; may be run again. On a running cluster, in its folder:
//   docker compose run --rm --no-deps -e ADMIN_PASSWORD -v ./account.mjs:/app/account.mjs:ro --entrypoint node worker1 account.mjs
// It reads the addresses, the CA and the password from the same variables as the application. Where ADMIN_PASSWORD is
// not set, it changes the one every EventStoreDB is born with to a new one, and prints it once.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'

const env = process.env
const address = env.ROVIEC_EVENTSTORE_URL
const caFile = env.ROVIEC_EVENTSTORE_CA_FILE
const account = env.ROVIEC_EVENTSTORE_USER
const password = readFileSync(env.ROVIEC_EVENTSTORE_PASSWORD_FILE, 'utf8').split('\n')[0]
const [, hosts, parameters] = /^esdb:\/\/([^?]+)\?(.*)$/u.exec(address)
/** Changes of accounts are taken by the node that leads; one that does not says which. */
let [asked] = hosts.split(',')
const admin = env.ADMIN_PASSWORD ?? 'changeit'

const made = await send('GET', `/users/${account}`, undefined, admin, [200, 404])
if (made === 404)
  await send(
    'POST',
    '/users/',
    { loginName: account, fullName: 'RoViec', groups: [], password },
    admin,
    [201],
  )
else await send('POST', `/users/${account}/command/reset-password`, { newPassword: password }, admin)

const client = EventStoreDBClient.connectionString(
  `esdb://admin:${encodeURIComponent(admin)}@${hosts}?${parameters}&tlsCAFile=${encodeURIComponent(caFile)}`,
)
// Reading the whole log: otherwise administrators alone.
await client.setStreamMetadata('$all', { acl: { readRoles: ['$admins', account] } })
// Our streams: read and append. Deleting, limiting and access: administrators alone.
const admins = { $d: '$admins', $mr: '$admins', $mw: '$admins' }
const own = { $r: ['$admins', account], $w: ['$admins', account], ...admins }
const system = { $r: '$admins', $w: '$admins', ...admins }
await client.appendToStream(
  '$settings',
  jsonEvent({ type: 'update-default-acl', data: { $userStreamAcl: own, $systemStreamAcl: system } }),
)
await client.dispose()

// Last, since the nodes take a moment to know of it.
if (!env.ADMIN_PASSWORD) {
  const changed = randomBytes(18).toString('base64url')
  for (const name of ['ops', 'admin'])
    await send('POST', `/users/${name}/command/reset-password`, { newPassword: changed }, admin)
  console.log(`New password of admin and ops, keep it: ${changed}`)
}
console.log(`${account} may read the log and append to its streams, nothing else.`)

function send(method, path, body, secret, expected = [200]) {
  const [hostname, port = '2113'] = asked.split(':')
  const options = { hostname, port, path, method, ca: readFileSync(caFile), auth: `admin:${secret}` }
  return new Promise((resolve, reject) => {
    const call = request({ ...options, headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.resume()
      const { statusCode, headers } = answer
      if (statusCode === 307 || statusCode === 302) {
        const { host } = new URL(headers.location)
        if (host === asked) return reject(new Error(`${asked} leads and does not know it; try again.`))
        asked = host
        return resolve(send(method, path, body, secret, expected))
      }
      if (expected.includes(statusCode)) resolve(statusCode)
      else if (statusCode === 401)
        reject(new Error('The password of admin is another one: set ADMIN_PASSWORD.'))
      else reject(new Error(`${method} ${path} answered ${statusCode}.`))
    })
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
