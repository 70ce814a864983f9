import type { Projection } from '#engine'
import type { RecordedEvent } from '#event-store'

/** Counts events per stream: the least a read model can do. */
export function tally(run: number, fails: (event: RecordedEvent) => boolean = () => false): Projection {
  const table = `tally_${run}`
  return {
    name: table,
    version: 1,
    events: ['bench.Noted'],
    create: `CREATE TABLE ${table} (stream text PRIMARY KEY, count bigint NOT NULL) WITH (fillfactor = 50)`,
    async apply(transaction, events) {
      const counts = new Map<string, number>()
      for (const event of events) {
        if (fails(event)) throw new Error('poison')
        counts.set(event.stream, (counts.get(event.stream) ?? 0) + 1)
      }
      await transaction.query(
        `INSERT INTO ${table} SELECT * FROM unnest($1::text[], $2::bigint[])
         ON CONFLICT (stream) DO UPDATE SET count = ${table}.count + excluded.count`,
        [[...counts.keys()], [...counts.values()]],
      )
    },
  }
}
