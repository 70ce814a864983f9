import { reached, validateInput } from '#engine'
import type { Actor } from '#engine/workflow'
import type { TableFile } from '#documents'
import { roles, type Role } from '#identity'
import { RoviecError } from '#kernel'
import { agenciesProjection, defaultProvince, readDirectory } from '#registry'
import {
  boardProjection,
  importPlan,
  ImportParams,
  planWorkflow,
  taskCodesOfPlan,
  type ImportReport,
} from '#tasks'
import type { Platform } from './platform.js'

/** How long the registry may take to show what was entered last: another worker may hang and keep its lease. */
const registryWithinMs = 20_000

/** Who may bring in a plan table, by whichever door. */
export const importers: readonly Role[] = ['clerk']

/**
 * A plan table into the record, names of agencies looked up in the registry as of the plan's day: where two contexts
 * meet that do not know each other.
 *
 * @throws RoviecError `not-permitted`, or of kind `invalid` for parameters or a file that cannot be used: nothing is written.
 */
export async function importPlanFile(
  { attempts, commands, store, database, clock }: Platform,
  file: TableFile,
  params: unknown,
  actor: Actor,
): Promise<ImportReport> {
  if (!importers.some((role) => actor.roles.includes(role))) {
    const refusal = notAnImporter()
    const attempted = {
      id: '',
      workflow: planWorkflow.name,
      transition: 'RecordImport',
      aggregate: '',
      actor,
    }
    attempts.refused(attempted, refusal.code, null)
    throw refusal
  }
  const { province, dryRun, acceptChanges, ...plan } = validateInput(ImportParams, params)
  await reached(database, agenciesProjection, await store.head(), registryWithinMs)
  await reached(database, boardProjection, await store.head(), registryWithinMs)
  const directory = await readDirectory(database)
  const question = { date: plan.date ?? `${plan.year}-12-31`, province: province ?? defaultProvince }
  const resolve = remembering((name) => directory.resolve(name, question))
  return importPlan(
    file,
    plan,
    { commands, store, clock, actor, resolve, tasksOf: (code) => taskCodesOfPlan(database, code) },
    {
      ...(dryRun !== undefined && { dryRun }),
      ...(acceptChanges !== undefined && { acceptChanges }),
    },
  )
}

/** More spellings than all tables together have; past it they are looked up anew. */
const rememberedNames = 5_000

/** A table names the same agencies in every row. */
function remembering<Answer>(look: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>()
  return (name) => {
    const answer = known.get(name) ?? look(name)
    if (known.size < rememberedNames) known.set(name, answer)
    return answer
  }
}

function notAnImporter(): RoviecError {
  const names = (language: 'vi' | 'en'): string => importers.map((role) => roles[role][language]).join(', ')
  return new RoviecError(
    'forbidden',
    'not-permitted',
    {
      vi: `Bạn không có quyền nhập phụ lục. Người có quyền: ${names('vi')}.`,
      en: `You may not import a plan table. Those who may: ${names('en')}.`,
    },
    { roles: importers },
  )
}
