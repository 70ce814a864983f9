import { createReadStream } from 'node:fs'
import { boundedLines, importProcedures } from '#dossiers'
import { systemActor } from '#identity'
import { RoviecError } from '#kernel'
import { ingestDossiers } from './ingest-dossiers.js'
import type { Platform } from './platform.js'

/** One line is of a procedure that is not there, to show what becomes of such a line. */
const rejectedOnPurpose = 'procedure-unknown'

/**
 * A few procedures and dossiers, marked as synthetic in every name and reason, that show each case once. The lines say
 * when they were received, which only the program itself may do: else all of them would have come late.
 *
 * @throws RoviecError `demo-incomplete` where a line was not taken: the files belong to the program.
 */
export async function seedDossiers(
  platform: Platform,
  files: { readonly procedures: string; readonly dossiers: string },
): Promise<void> {
  const sender = { commands: platform.commands, actor: systemActor }
  for await (const { row, problem } of importProcedures(sender, { path: files.procedures }, {}))
    if (problem !== null && problem.code !== 'procedure-version-differs')
      throw incomplete(files.procedures, row)
  const run = ingestDossiers(platform, boundedLines(createReadStream(files.dossiers)), systemActor)
  for (let step = await run.next(); step.done !== true; step = await run.next())
    for (const { line, problem } of step.value)
      if (problem !== null && problem.code !== rejectedOnPurpose) throw incomplete(files.dossiers, line)
}

function incomplete(file: string, line: number): RoviecError {
  const name = file.split('/').at(-1)!
  return new RoviecError(
    'fault',
    'demo-incomplete',
    {
      vi: `Dữ liệu minh họa không nạp được (${name}, dòng ${line}). Đặt ROVIEC_DEMO=false để chạy không có dữ liệu minh họa.`,
      en: `The demo could not be loaded (${name}, line ${line}). Set ROVIEC_DEMO=false to run without it.`,
    },
    { file: name, line },
  )
}
