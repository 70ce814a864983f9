/**
 * One row per projection and version. `fence` grows with every change of hands: a holder that slept through the end
 * of its lease finds another fence and can no longer write.
 */
export const projectionMigration = {
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
}

/** Answers a row only to the one that inserted it, who then creates the tables. */
export const registerProjection = `
  INSERT INTO roviec.projection (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name`

export const acquireLease = `
  UPDATE roviec.projection
     SET lease_holder = $3, lease_until = clock_timestamp() + make_interval(secs => $4), fence = fence + 1
   WHERE name = $1 AND version = $2 AND state NOT IN ('paused', 'retired')
     AND (lease_until IS NULL OR lease_until < clock_timestamp())
  RETURNING fence, position`

/** Compare-and-set: no row when another holds the lease now or the checkpoint is not where this holder left it. */
export const advanceCheckpoint = `
  UPDATE roviec.projection
     SET position = $5, reflects = coalesce($6, reflects), state = $7, error = NULL,
         lease_until = clock_timestamp() + make_interval(secs => $8)
   WHERE name = $1 AND version = $2 AND fence = $3 AND position = $4 AND state NOT IN ('paused', 'retired')`

export const renewLease = `
  UPDATE roviec.projection SET lease_until = clock_timestamp() + make_interval(secs => $4)
   WHERE name = $1 AND version = $2 AND fence = $3 AND state NOT IN ('paused', 'retired')`

export const recordError = `
  UPDATE roviec.projection SET state = 'error', error = $4 WHERE name = $1 AND version = $2 AND fence = $3`

export const releaseLease = `
  UPDATE roviec.projection SET lease_until = NULL, lease_holder = NULL
   WHERE name = $1 AND version = $2 AND fence = $3`

export const selectProgress = `
  SELECT name, version, position, reflects, state, error, lease_until > clock_timestamp() AS led
    FROM roviec.projection WHERE state <> 'retired' ORDER BY name, version`

export const selectCheckpoint = `
  SELECT position, reflects FROM roviec.projection WHERE name = $1 AND version = $2`
