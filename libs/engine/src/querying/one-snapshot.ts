import { isSerializationFailure, type Database } from '#database'
import type { Transaction } from '../projecting/projection.js'

/**
 * Gives `work` a database that shows one moment however many statements it is asked, that of the first: a count and its
 * page agree while the view goes on being written. Nothing can be written through it. Work that asks nothing takes no
 * connection; statements of one work go one after the other. Work that waited for the switch of a view while that waited
 * for it, and lost, is done once more.
 */
export async function onOneSnapshot<Result>(
  database: Database,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  try {
    return await tryOnOneSnapshot(database, work)
  } catch (error) {
    if (!isSerializationFailure(error)) throw error
    return tryOnOneSnapshot(database, work)
  }
}

async function tryOnOneSnapshot<Result>(
  database: Database,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  let end: () => void = () => undefined
  const ending = new Promise<void>((resolve) => (end = resolve))
  let ended: Promise<void> | undefined
  let opened: Promise<Transaction> | undefined
  const open = (): Promise<Transaction> =>
    new Promise((resolve, reject) => {
      ended = database
        .transaction(
          async (transaction) => {
            resolve(transaction)
            await ending
          },
          { isolation: 'repeatable read', readOnly: true },
        )
        // Once it is open its end changes nothing: it has only read.
        .catch(reject)
    })
  const query: Database['query'] = async (...given) => (await (opened ??= open())).query(...given)
  try {
    return await work({ ...database, query })
  } finally {
    end()
    await ended
  }
}
