/**
 * The control tables of projections: what can be made again from the log, and the leases of who makes it.
 *
 * A row of `projection` is a build: one filling of one version of a view. `fence` grows with every change of hands: a
 * holder that slept through the end of its lease finds another fence and can no longer write.
 */
export const engineMigrations = [
  {
    name: '0001-projection',
    sql: `
    CREATE TABLE roviec.projection (
      name text NOT NULL,
      version integer NOT NULL,
      position bigint NOT NULL DEFAULT 0,
      reflects timestamptz,
      state text NOT NULL DEFAULT 'booting' CHECK (state IN ('booting', 'active', 'paused', 'error', 'retired')),
      error text,
      fence bigint NOT NULL DEFAULT 0,
      lease_holder uuid,
      lease_until timestamptz,
      PRIMARY KEY (name, version)
    );
    CREATE SCHEMA IF NOT EXISTS view`,
  },
  {
    // The tables of views go with the rows that told how far they were: all of it is made again from the log.
    name: '0002-builds',
    sql: `
    DROP SCHEMA view CASCADE;
    CREATE SCHEMA view;
    DROP TABLE roviec.projection;
    CREATE TABLE roviec.projection (
      name text NOT NULL,
      build integer NOT NULL,
      id uuid NOT NULL DEFAULT gen_random_uuid(),
      version integer NOT NULL,
      standing text NOT NULL CHECK (standing IN ('building', 'live', 'retired')),
      -- The end of the log when it was begun: what was ordered before then was not meant for it.
      born bigint NOT NULL,
      -- Of the code that fills it; null until its tables are made.
      fingerprint text,
      position bigint NOT NULL DEFAULT 0,
      reflects timestamptz,
      -- Streams that stand still in it.
      parked integer NOT NULL DEFAULT 0,
      state text NOT NULL DEFAULT 'booting' CHECK (state IN ('booting', 'active', 'paused', 'error')),
      error text,
      fence bigint NOT NULL DEFAULT 0,
      lease_holder uuid,
      lease_until timestamptz,
      PRIMARY KEY (name, build)
    );
    CREATE UNIQUE INDEX projection_live ON roviec.projection (name) WHERE standing = 'live';

    -- Events that could not be applied, and the later ones of their streams, in order. No payload.
    CREATE TABLE roviec.parked (
      name text NOT NULL,
      build integer NOT NULL,
      stream text NOT NULL,
      revision bigint NOT NULL,
      event_id uuid NOT NULL,
      type text NOT NULL,
      position bigint NOT NULL,
      -- Null for an event that only stands behind one that failed.
      code text,
      message text,
      attempts integer NOT NULL,
      parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      -- Of the last act of an operator on it.
      reason text,
      PRIMARY KEY (name, build, stream, revision),
      FOREIGN KEY (name, build) REFERENCES roviec.projection ON DELETE CASCADE
    );

    -- Revisions of streams that an operator has given up, for every build of the view in which they fail.
    CREATE TABLE roviec.discarded (
      event_id uuid PRIMARY KEY,
      name text NOT NULL,
      stream text NOT NULL,
      first bigint NOT NULL,
      last bigint NOT NULL
    );

    -- Orders of operators as the log has them, and what became of each in the builds it concerns (0: in none).
    CREATE TABLE roviec.operation (
      event_id uuid NOT NULL,
      name text NOT NULL,
      build integer NOT NULL,
      kind text NOT NULL,
      position bigint NOT NULL,
      data json NOT NULL,
      state text NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
      outcome json,
      PRIMARY KEY (event_id, build)
    );
    CREATE INDEX operation_pending ON roviec.operation (name, build, position) WHERE state = 'pending';

    -- How far the orders of operators have been taken over from the log.
    CREATE TABLE roviec.operating (
      position bigint NOT NULL,
      only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
    );
    INSERT INTO roviec.operating VALUES (0)`,
  },
]
