import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, type FormatConfig } from 'oxfmt'

/** As the formatter of the repository would leave it, so that a diff shows what changed and nothing else. */
export async function writeJson(file: URL, content: unknown): Promise<void> {
  const options = JSON.parse(await readFile('.oxfmtrc.json', 'utf8')) as FormatConfig
  const { code } = await format(fileURLToPath(file), JSON.stringify(content, null, 2), options)
  await writeFile(file, code)
}
