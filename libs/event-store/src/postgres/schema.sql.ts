/** Raised by each change of the statements below; `install` refuses a database that was written by a newer one. */
export const schemaVersion = 1

/** Payloads are `text`: kept byte for byte, never parsed by the server. `C` collation: names compare as bytes, and a prefix is a range of the unique key. */
const tables = `
create schema event_log;

create table event_log.head (
  one boolean primary key default true check (one),
  schema_version int not null,
  position bigint not null,
  recorded_at timestamptz not null
);

create table event_log.event (
  position bigint not null,
  revision bigint not null,
  recorded_at timestamptz not null,
  id uuid not null,
  stream text collate "C" not null,
  type text collate "C" not null,
  data text not null,
  metadata text not null,
  constraint event_position primary key (position),
  constraint event_revision unique (stream, revision),
  constraint event_id unique (id)
);

create function event_log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'event_log.event is append-only: % is refused', tg_op;
end
$$;

create trigger event_is_append_only before update or delete or truncate on event_log.event
  for each statement execute function event_log.refuse_change();

insert into event_log.head values (true, ${schemaVersion}, 0, '-infinity');
`

/**
 * Appends for several callers in one transaction. The first statement waits for the head row; only the later ones
 * look at the streams, since a statement's snapshot is older than its wait. The lock is held to the commit: events
 * become visible in the order of their positions, without gaps.
 *
 * One caller never feels another's failure: what is not accepted is left out. The caller sees to it that no two
 * appends of one call share a stream or an event id.
 *
 * Arrays with one element per append: `streams`, `expected` (see `append-batch.ts`), `counts` of events; with one
 * element per event: `owners` (the number of its append, from 1), `offsets` in the append, and the event itself.
 *
 * Answers per append with the stream's last revision before (`actual`), and with the position before its first event
 * (`starts`), null when it was not accepted; `known` has the appends of which the log holds event ids already.
 *
 * A loop judges and one statement inserts: measured against windows and CTEs, this costs a third at one append and
 * the same at 32.
 */
const appendFunction = `
create function event_log.append(
  streams text[], expected bigint[], counts int[],
  owners int[], offsets int[], ids uuid[], types text[], data text[], metadata text[],
  out actual bigint[], out starts bigint[], out known int[]
) language plpgsql as $$
declare
  head_before bigint;
  reached bigint;
  moment timestamptz;
  accepted boolean;
begin
  select h.position, h.recorded_at into strict head_before, moment from event_log.head h for update;
  reached := head_before;
  moment := greatest(moment, date_trunc('milliseconds', clock_timestamp()));

  known := '{}';
  if exists (select from event_log.event e where e.id = any (ids)) then
    known := array(
      select distinct asked.owner
      from unnest(ids, owners) asked (id, owner) join event_log.event e on e.id = asked.id
    );
  end if;

  actual := array(
    select (select e.revision from event_log.event e where e.stream = asked.stream order by e.revision desc limit 1)
    from unnest(streams) with ordinality asked (stream, n) order by asked.n
  );

  starts := array_fill(null::bigint, array[cardinality(streams)]);
  for n in 1 .. cardinality(streams) loop
    accepted := case expected[n]
      when -1 then true
      when -2 then actual[n] is null
      when -3 then actual[n] is not null
      else actual[n] is not distinct from expected[n]
    end;
    if accepted and n <> all (known) then
      starts[n] := reached;
      reached := reached + counts[n];
    end if;
  end loop;

  if reached > head_before then
    insert into event_log.event (position, revision, recorded_at, id, stream, type, data, metadata)
    select starts[asked.owner] + 1 + asked.at, coalesce(actual[asked.owner], -1) + 1 + asked.at, moment,
      asked.id, streams[asked.owner], asked.type, asked.data, asked.metadata
    from unnest(owners, offsets, ids, types, data, metadata) asked (owner, at, id, type, data, metadata)
    where starts[asked.owner] is not null;

    update event_log.head set position = reached, recorded_at = moment;
    perform pg_notify('event_log', reached::text);
  end if;
end
$$;
`

export const installStatements = tables + appendFunction
