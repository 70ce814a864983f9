import type { Database } from '#database'
import { masterKeyWrong } from './errors.js'
import type { MasterKeys } from './master-keys.js'
import { insertMasterKey, lockMasterKeys, selectMasterKeys } from './personal-key.sql.js'

/** Whether a master key was ever used here: a new one then cannot be made, the old one has to be found. */
export async function hasMasterKey(database: Database): Promise<boolean> {
  const { rows } = await database.query(selectMasterKeys)
  return rows.length > 0
}

/**
 * The first use writes down the fingerprint; from then on every key that was ever adopted has to be at hand, so that
 * nothing is written under a key that the rest of the installation does not have.
 *
 * @throws RoviecError fault `master-key-wrong`
 */
export async function adoptMasterKeys(database: Database, masters: MasterKeys): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(lockMasterKeys)
    const { rows } = await client.query<{ fingerprint: string }>(selectMasterKeys)
    const missing = rows
      .map(({ fingerprint }) => fingerprint)
      .filter((known) => !masters.fingerprints.includes(known))
    if (missing.length > 0) throw masterKeyWrong(masters.current, masters.source, missing)
    await client.query(insertMasterKey, [masters.current])
  })
}
