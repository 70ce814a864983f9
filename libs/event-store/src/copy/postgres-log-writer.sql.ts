export const findLog = `select to_regclass('event_log.head') is not null as there`

/** Locks the log's end; a row only while it has as many events as the copy believes. */
export const lockHead = 'select position from event_log.head where position = $1 for update'

/** The first of these streams that does not stand right before its first event on this page. */
export const findDisplaced = `
  select asked.stream, asked.first
  from unnest($1::text[], $2::bigint[]) asked (stream, first)
  where asked.first <> 1 + coalesce(
    (select e.revision from event_log.event e where e.stream = asked.stream order by e.revision desc limit 1), -1)
  limit 1`

export const insertEvents = `
  insert into event_log.event (position, stream, revision, id, type, data, metadata, recorded_at)
  select $1 + asked.n, asked.stream, asked.revision, asked.id, asked.type, asked.data, asked.metadata, asked.recorded_at
  from unnest($2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
    with ordinality asked (stream, revision, id, type, data, metadata, recorded_at, n)`

/** The time of the last event stays a floor under what is recorded later, whatever this server's clock says. */
export const moveHead = `
  update event_log.head set position = position + $1, recorded_at = greatest(recorded_at, $2)
  returning pg_notify('event_log', position::text)`
