import { tellError } from '../../cli/src/output/answer.js'
import { serve } from '../../cli/src/serve.js'

// What `nest start` runs: the server, as `roviec serve` does.
try {
  await serve()
} catch (error) {
  process.exitCode = tellError(error)
}
