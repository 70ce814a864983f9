import { mkdtemp, chmod, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openEmbedded } from '#database'
import { boardIndexesBench } from './board-indexes.bench.js'
import { calendarBench } from './calendar.bench.js'
import { deadlinesBench } from './deadlines.bench.js'
import { dossiersBench } from './dossiers.bench.js'
import { engineBench } from './engine.bench.js'
import { eventStoreDbBench } from './eventstoredb.bench.js'
import { eventStoreBench } from './event-store.bench.js'
import { httpBench } from './http.bench.js'
import { importBench } from './import.bench.js'
import { longStreamsBench } from './long-streams.bench.js'
import { overdueBench } from './overdue.bench.js'
import { parkingBench } from './parking.bench.js'
import { ratesBench } from './rates.bench.js'
import { scaleBench } from './scale.bench.js'
import { timersBench } from './timers.bench.js'

/**
 * Runs the benches on a durable server of their own: `--quick` for a glance, `--large=<events>` for the long log,
 * `--only=store|eventstoredb|engine|parking|streams|http|import|dossiers|rates|board|timers|overdue|scale|deadlines|calendar` for one of
 * them.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    large: { type: 'string', default: '2000000' },
  },
})

const dataDir = await mkdtemp(join(tmpdir(), 'roviec-bench-'))
// The server may run as another user, who must be able to pass.
await chmod(dataDir, 0o755)
// Seven processes with pools of their own write to one log in one of the benches.
const server = await openEmbedded(dataDir, { settings: { max_connections: '150' } })
const options = {
  seconds: values.quick ? 0.5 : 2,
  rounds: values.quick ? 3 : 7,
  replayed: values.quick ? 50_000 : 200_000,
  created: values.quick ? 2_000 : 10_000,
  imported: values.quick ? 5_000 : 100_000,
  dossiers: values.quick ? 4_000 : 20_000,
  ratesOver: values.quick ? 100_000 : 1_000_000,
  messages: values.quick ? 20_000 : 100_000,
  boardRounds: values.quick ? 1 : 3,
  pendingTimers: values.quick ? 100_000 : 1_000_000,
  dueTimers: values.quick ? 2_000 : 20_000,
  manyAggregates: values.quick ? 1_000 : 10_000,
  manyRounds: values.quick ? 1 : 3,
  manyEvents: values.quick ? 100_000 : 1_000_000,
  large: Number(values.large),
}
const benches = {
  store: eventStoreBench,
  eventstoredb: eventStoreDbBench,
  engine: engineBench,
  parking: parkingBench,
  streams: longStreamsBench,
  http: httpBench,
  import: importBench,
  dossiers: dossiersBench,
  rates: ratesBench,
  board: boardIndexesBench,
  timers: timersBench,
  overdue: overdueBench,
  scale: scaleBench,
  deadlines: (_server: string, all: typeof options) => deadlinesBench(all),
  calendar: (_server: string, all: typeof options) => calendarBench(all),
}
try {
  for (const [name, bench] of Object.entries(benches))
    if (values.only === '' || values.only === name) await bench(server.url, options)
} catch (error) {
  console.error(error)
  process.exit(1)
} finally {
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
}
