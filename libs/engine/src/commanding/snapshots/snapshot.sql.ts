/**
 * Derived, and may be emptied at any time. Unlogged: what a crash of the server takes away is made again from the
 * log. One row a stream; `state` is text, since it must come back as it was.
 */
export const snapshotMigration = {
  name: '0001-snapshot',
  sql: `
    CREATE UNLOGGED TABLE roviec.snapshot (
      stream text PRIMARY KEY,
      revision bigint NOT NULL,
      last_event uuid NOT NULL,
      workflow text NOT NULL,
      fold text NOT NULL,
      state text NOT NULL,
      kept_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX ON roviec.snapshot (kept_at)`,
}

export const selectSnapshot = `
  SELECT revision, last_event, state FROM roviec.snapshot WHERE stream = $1 AND workflow = $2 AND fold = $3`

/**
 * The last one wins. Of two processes that may be the older one, to which the end of the stream still reaches back; and
 * a log that was restored from an older copy gets snapshots of its own again.
 */
export const upsertSnapshot = `
  INSERT INTO roviec.snapshot (stream, revision, last_event, workflow, fold, state) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (stream) DO UPDATE
     SET revision = excluded.revision, last_event = excluded.last_event, workflow = excluded.workflow,
         fold = excluded.fold, state = excluded.state, kept_at = excluded.kept_at`

/** All but the `$1` kept last. */
export const pruneSnapshots = `
  DELETE FROM roviec.snapshot WHERE stream IN (SELECT stream FROM roviec.snapshot ORDER BY kept_at DESC OFFSET $1)`
