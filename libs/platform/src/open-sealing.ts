import {
  adoptMasterKeys,
  hasMasterKey,
  KeyedSealing,
  personalKeyMigration,
  PostgresKeyTable,
  SubjectKeys,
} from '#engine'
import { migrate, type Database } from '#database'
import type { Config } from './config.js'
import { embeddedMasterKeys } from './master-key.js'

/** What may be told of the master key. */
export interface MasterKeyInUse {
  readonly fingerprint: string
  /** The variable or the file it comes from. */
  readonly source: string
  /** Made at this start: it has to be backed up. */
  readonly isNew: boolean
}

export interface OpenedSealing {
  readonly keys: SubjectKeys
  readonly sealing: KeyedSealing
  readonly masterKey: MasterKeyInUse
}

/**
 * The keys of this installation, in its database.
 *
 * @throws RoviecError fault `master-key-wrong`, `master-key-lost`
 */
export async function openSealing(
  { masterKeys, dataDir }: Pick<Config, 'masterKeys' | 'dataDir'>,
  database: Database,
): Promise<OpenedSealing> {
  await migrate(database, 'sealing', [personalKeyMigration])
  const { keys: masters, isNew } =
    masterKeys === null
      ? await embeddedMasterKeys(dataDir, () => hasMasterKey(database))
      : { keys: masterKeys, isNew: false }
  await adoptMasterKeys(database, masters)
  const keys = new SubjectKeys(new PostgresKeyTable(database), masters)
  const { current: fingerprint, source } = masters
  return { keys, sealing: new KeyedSealing(keys), masterKey: { fingerprint, source, isNew } }
}
