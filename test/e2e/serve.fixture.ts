import { writeSync } from 'node:fs'
import { serve } from '../../apps/cli/src/serve.js'

/** The server as `roviec serve` runs it, from the sources, with the settings given. Says when it has ended by itself. */
Object.assign(process.env, JSON.parse(process.argv[2] ?? '{}'))
await serve()
writeSync(1, 'ended\n')
