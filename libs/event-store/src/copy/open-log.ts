import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createDatabase, openEmbedded } from '#database'
import { EventStoreDbEventStore } from '../eventstoredb/eventstoredb-event-store.js'
import type { EventStore } from '../port/event-store.js'
import { PostgresEventStore } from '../postgres/postgres-event-store.js'
import { asUnavailable } from '../postgres/read-rows.js'
import { addressInvalid, logMissing } from './errors.js'
import type { LogWriter } from './log-writer.js'
import { PostgresLogWriter } from './postgres-log-writer.js'
import { findLog } from './postgres-log-writer.sql.js'

export interface OpenedLog {
  readonly store: EventStore
  close(): Promise<void>
}

export interface OpenedTarget extends OpenedLog {
  readonly writer: LogWriter
}

/**
 * The log at `postgresql://…`, `esdb://…` or `embedded:<data directory>`, to be read from. Nothing is created there.
 *
 * @throws RoviecError `log-address-invalid`, `log-copy-source-missing`, or what opening the store throws
 */
export async function openSource(address: string): Promise<OpenedLog> {
  const directory = embeddedDirectory(address)
  // Opening would make a new server there.
  if (directory !== null && !existsSync(join(directory, 'postgres', 'data', 'PG_VERSION'))) throw logMissing()
  return open(address, '--from', async (url) => {
    if (!(await hasLog(url))) throw logMissing()
  })
}

/** The log at such an address, to be copied into; it is created where there is none. */
export async function openTarget(address: string): Promise<OpenedTarget> {
  let url = address
  const opened = await open(address, '--to', (found) => {
    url = found
    return Promise.resolve()
  })
  const writer = isEventStoreDb(address) ? await eventStoreDbWriter(address) : new PostgresLogWriter(url)
  return {
    ...opened,
    writer,
    async close() {
      await writer.close()
      await opened.close()
    },
  }
}

/** @param beforehand what has to be done with the URL of a PostgreSQL before the log there is opened */
async function open(
  address: string,
  option: string,
  beforehand: (url: string) => Promise<void>,
): Promise<OpenedLog> {
  if (isEventStoreDb(address)) {
    const store = await EventStoreDbEventStore.open({ url: address })
    return { store, close: () => store.close() }
  }
  const directory = embeddedDirectory(address)
  if (directory === null && !/^postgres(?:ql)?:\/\/./u.test(address)) throw addressInvalid(option)
  const server = directory === null ? undefined : await openEmbedded(directory)
  try {
    const url = server?.url ?? address
    await beforehand(url)
    const store = await PostgresEventStore.open({ connection: url })
    return {
      store,
      async close() {
        await store.close()
        await server?.close()
      },
    }
  } catch (error) {
    await server?.close()
    throw asUnavailable(error)
  }
}

/** Loaded for this only, as the client library is. */
async function eventStoreDbWriter(address: string): Promise<LogWriter> {
  const { EventStoreDbLogWriter } = await import('../eventstoredb/log-writer.js')
  return new EventStoreDbLogWriter(address)
}

function isEventStoreDb(address: string): boolean {
  return /^esdb(?:\+discover)?:\/\/./u.test(address)
}

function embeddedDirectory(address: string): string | null {
  return address.startsWith('embedded:') ? resolve(address.slice('embedded:'.length)) : null
}

async function hasLog(url: string): Promise<boolean> {
  const database = createDatabase({ connection: url, name: 'log copy', max: 1 })
  try {
    const { rows } = await database.query<{ there: boolean }>(findLog)
    return rows[0]!.there
  } finally {
    await database.close()
  }
}
