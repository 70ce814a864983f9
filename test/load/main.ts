import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbedded } from '#database'
import { eventStoreBench } from './event-store.bench.js'

/** Runs the benches on a durable server of their own: `--quick` for a glance, `--large=<events>` for the long log. */
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, large: { type: 'string', default: '2000000' } },
})

const dataDir = await mkdtemp(join(tmpdir(), 'roviec-bench-'))
// The server may run as another user, who must be able to pass.
await chmod(dataDir, 0o755)
const server = await openEmbedded(dataDir)
try {
  await eventStoreBench(server.url, {
    seconds: values.quick ? 0.5 : 2,
    rounds: values.quick ? 3 : 7,
    replayed: values.quick ? 50_000 : 200_000,
    created: values.quick ? 2_000 : 10_000,
    large: Number(values.large),
  })
} finally {
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
}
