import { work } from '../../apps/cli/src/worker.js'

/** The worker as `roviec worker` runs it, from the sources, with the settings given. */
Object.assign(process.env, JSON.parse(process.argv[2] ?? '{}'))
await work()
