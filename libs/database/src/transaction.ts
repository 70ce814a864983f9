import { RoviecError } from '#kernel'
import type pg from 'pg'

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readonly readOnly?: boolean
}

/**
 * Runs `work` in a transaction: commits what it did, or nothing of it when it throws, and throws on. A connection
 * whose state is in doubt is closed, never given back to the pool.
 *
 * @throws RoviecError `transaction-not-committed` when `work` swallowed the error of a statement: PostgreSQL then
 * answers COMMIT with a silent rollback.
 */
export async function transactionOn<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const client = await pool.connect()
  let doubt: Error | undefined
  try {
    await client.query(beginStatement(options))
    const result = await work(client)
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw notCommitted()
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (doubt = failure))
    throw error
  } finally {
    client.release(doubt)
  }
}

function beginStatement({ isolation, readOnly }: TransactionOptions): string {
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly ? ' read only' : ''}`
}

function notCommitted(): RoviecError {
  return new RoviecError('fault', 'transaction-not-committed', {
    vi: 'Giao dịch không được ghi vì một câu lệnh bên trong đã lỗi. Không có gì thay đổi; hãy báo người quản trị.',
    en: 'The transaction was not committed because a statement in it had failed. Nothing changed; the code that caught the error must throw it on.',
  })
}
