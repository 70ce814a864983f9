import { readFileSync } from 'node:fs'
import { link, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { MasterKeys } from '#engine'
import { invalid, newId, RoviecError, type Text } from '#kernel'

type Environment = Readonly<Record<string, string | undefined>>

const variable = 'ROVIEC_MASTER_KEY'
const fileVariable = `${variable}_FILE`
const fileName = 'master.key'

const howToMake: Text = {
  vi: 'khóa chính 32 byte viết dạng base64 để niêm phong nội dung riêng tư; tạo bằng "openssl rand -base64 32" hoặc "roviec master-key", rồi sao lưu ở nơi khác với cơ sở dữ liệu',
  en: 'a master key of 32 bytes in base64, under which personal fields are sealed; make one with "openssl rand -base64 32" or "roviec master-key", and back it up apart from the database',
}

/**
 * The master keys that `ROVIEC_MASTER_KEY` holds or `ROVIEC_MASTER_KEY_FILE` names, the newest first; null where
 * neither is set.
 *
 * @throws RoviecError `config-invalid` naming the variable, never the value
 */
export function masterKeysOf(env: Environment): MasterKeys | null {
  const [text, file] = [env[variable] || undefined, env[fileVariable] || undefined]
  if (text !== undefined && file !== undefined)
    throw wrong(fileVariable, { vi: `để trống khi đã có ${variable}`, en: `empty beside ${variable}` })
  if (text !== undefined) return MasterKeys.parse(text, variable) ?? refuse(variable, howToMake)
  if (file === undefined) return null
  return MasterKeys.parse(readKeyFile(file), fileVariable) ?? refuse(fileVariable, aKeyFile)
}

/** @throws RoviecError `config-invalid`: only the embedded mode can keep a key of its own beside its data. */
export function masterKeyNeeded(): never {
  throw wrong(variable, howToMake)
}

export interface EmbeddedMasterKeys {
  readonly keys: MasterKeys
  /** It was made just now: whoever started this has to hear that it needs a backup. */
  readonly path: string
  readonly isNew: boolean
}

/**
 * The master key of an embedded installation, from its data directory. Made at the first start; when several
 * processes start at once, all get the same.
 *
 * @param isKnown whether one was ever used with these data: then it can only be found, not made
 * @throws RoviecError fault `master-key-lost`, or `config-invalid` for a file that holds none
 */
export async function embeddedMasterKeys(
  dataDir: string,
  isKnown: () => Promise<boolean>,
): Promise<EmbeddedMasterKeys> {
  const path = join(dataDir, fileName)
  const found = await readFile(path, 'utf8').catch(ignoreMissing)
  const isNew = found === undefined
  if (isNew) {
    if (await isKnown()) throw lost(path)
    await writeOnce(path, `${MasterKeys.generate()}\n`)
  }
  const keys = MasterKeys.parse(found ?? (await readFile(path, 'utf8')), path)
  if (keys === null) throw lost(path)
  return { keys, path, isNew }
}

/** The whole file under its name or none: a process killed in between leaves no half key. */
async function writeOnce(path: string, text: string): Promise<void> {
  const draft = `${path}.${newId()}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
    await file.close()
    await link(draft, path)
  } catch (error) {
    await file.close()
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

const aKeyFile: Text = {
  vi: 'một tệp đọc được, chứa khóa chính 32 byte viết dạng base64 (tạo bằng: openssl rand -base64 32)',
  en: 'a file that can be read and holds a master key of 32 bytes in base64 (openssl rand -base64 32)',
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw wrong(fileVariable, aKeyFile)
  }
}

function refuse(name: string, what: Text): never {
  throw wrong(name, what)
}

function wrong(name: string, { vi, en }: Text): RoviecError {
  return invalid(
    'config-invalid',
    { vi: `Biến môi trường ${name} phải là ${vi}.`, en: `The environment variable ${name} must be ${en}.` },
    { variable: name },
  )
}

function lost(path: string): RoviecError {
  return new RoviecError(
    'fault',
    'master-key-lost',
    {
      vi: `Không có khóa chính tại ${path}, trong khi dữ liệu đã được niêm phong bằng khóa đó. Phục hồi tệp từ bản sao lưu, hoặc đặt khóa vào ${variable}. Không có khóa này thì không ai đọc lại được nội dung riêng tư.`,
      en: `There is no master key at ${path}, but these data are sealed under one. Restore the file from a backup, or give the key in ${variable}. Without it nobody can read what is personal.`,
    },
    { path },
  )
}
