import { plainDigest } from './keyed-sealing.js'
import { keyMissing, sealingMissing } from './errors.js'
import type { Workflow } from '../workflow/workflow.js'
import type { Sealing } from '../commanding/command-handler.parts.js'

/**
 * The sealing given. Without one only workflows that have nothing personal are carried out: a forgotten part must not
 * write in plain.
 *
 * @throws RoviecError fault `sealing-missing`
 */
export function sealingFor(workflows: readonly Workflow[], sealing: Sealing | undefined): Sealing {
  if (sealing !== undefined) return sealing
  const personal = workflows.find((workflow) => workflow.personal.size > 0)
  if (personal !== undefined) throw sealingMissing(personal.name)
  return nothingPersonal
}

const nothingPersonal: Sealing = {
  seal: ({ events, content }) => Promise.resolve({ events, digest: plainDigest(content) }),
  isDigestOf(digest, content) {
    const [key, mac] = digest.split('.')
    return mac === undefined
      ? Promise.resolve(digest === plainDigest(content))
      : Promise.reject(keyMissing(key!))
  },
}
