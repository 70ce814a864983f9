import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'

/** As the formatter of the repository would leave it, so that a diff shows what changed and nothing else. */
export async function writeJson(file: URL, content: unknown): Promise<void> {
  const options = await resolveConfig(fileURLToPath(file))
  await writeFile(file, await format(JSON.stringify(content, null, 2), { ...options, parser: 'json' }))
}
