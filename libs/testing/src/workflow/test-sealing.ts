import { InMemoryKeyTable, KeyedSealing, MasterKeys, PostgresKeyTable, SubjectKeys } from '#engine'
import type { Database } from '#database'
import { testMasterKey } from '../test-master-key.js'

/** Under the test master key: in a database that has `personalKeyMigration`, else gone with the process. */
export function testKeys(at: Database | InMemoryKeyTable = new InMemoryKeyTable()): SubjectKeys {
  const table = at instanceof InMemoryKeyTable ? at : new PostgresKeyTable(at)
  return new SubjectKeys(table, MasterKeys.parse(testMasterKey, 'test')!)
}

/** What a command handler needs for workflows with personal fields. */
export function testSealing(keys = testKeys()): KeyedSealing {
  return new KeyedSealing(keys)
}
