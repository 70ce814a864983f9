import { presenceLocks } from '../projecting/projection.sql.js'

/**
 * Who does what only one process at a time should do, and how far it has come in the log. A short cut and no truth:
 * what is done is in the log, so a row that is lost costs a second reading and nothing else.
 */
export const leadershipMigration = {
  name: '0001-leadership',
  sql: `
    CREATE TABLE roviec.leadership (
      name text PRIMARY KEY,
      position bigint NOT NULL DEFAULT 0,
      -- Grows with every change of hands: a leader that slept through the end of its lease moves nothing any more.
      fence bigint NOT NULL DEFAULT 0,
      lease_holder uuid,
      lease_until timestamptz
    )`,
}

export const registerLeadership = `INSERT INTO roviec.leadership (name) VALUES ($1) ON CONFLICT DO NOTHING`

/** Free when nobody has it, when its time is over, when its holder's connection is gone, or when it is this one's. */
export const takeLead = `
  UPDATE roviec.leadership
     SET lease_holder = $2, lease_until = clock_timestamp() + make_interval(secs => $3), fence = fence + 1
   WHERE name = $1
     AND CASE WHEN lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = $2 THEN true
              ELSE pg_try_advisory_xact_lock(${presenceLocks}, hashtext(lease_holder::text)) END
  RETURNING fence, position`

export const renewLead = `
  UPDATE roviec.leadership SET lease_until = clock_timestamp() + make_interval(secs => $3)
   WHERE name = $1 AND fence = $2`

export const moveLead = `UPDATE roviec.leadership SET position = $3 WHERE name = $1 AND fence = $2`

export const giveUpLead = `
  UPDATE roviec.leadership SET lease_until = NULL, lease_holder = NULL WHERE name = $1 AND fence = $2`

export const selectLeaderships = `
  SELECT name, position, coalesce(lease_until > clock_timestamp(), false) AS led
    FROM roviec.leadership WHERE name LIKE $1 ORDER BY name`
