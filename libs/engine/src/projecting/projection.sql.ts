/** Marks the locks of this file among all advisory locks: "RoVi" in ASCII, and a number of our own. */
export const presenceLocks = 0x526f5604

/** Held until its connection ends. */
export const announcePresence = `SELECT pg_advisory_lock(${presenceLocks}, hashtext($1))`

/** What nobody writes to: an operator paused it, or it is kept for a way back only. */
const atWork = `state <> 'paused' AND standing <> 'retired'`

/**
 * A lease is free when nobody has it, when its time is over, when its holder's connection is gone, or when this very
 * holder has it still: it lost track of it in an error.
 */
export const acquireLease = `
  UPDATE roviec.projection
     SET lease_holder = $3, lease_until = clock_timestamp() + make_interval(secs => $4), fence = fence + 1
   WHERE name = $1 AND build = $2 AND ${atWork}
     AND CASE WHEN lease_until IS NULL OR lease_until < clock_timestamp() OR lease_holder = $3 THEN true
              ELSE pg_try_advisory_xact_lock(${presenceLocks}, hashtext(lease_holder::text)) END
  RETURNING fence, position, fingerprint`

/**
 * Opens the transaction of a page, in the build's schema: no row when the lease is lost, so that nothing is begun in
 * vain. A process that falls asleep inside the transaction loses it to the server after the lease's time ($5, in ms):
 * its row locks would keep the next holder waiting. Its commit does not wait for the disk: rows and checkpoint can only
 * be lost together, and are then made again from the log; the lease itself is taken in a transaction that does wait,
 * so a fence never goes back.
 */
export const openPage = `
  SELECT set_config('idle_in_transaction_session_timeout', $5, true), set_config('synchronous_commit', 'off', true),
         set_config('search_path', $6, true)
    FROM roviec.projection
   WHERE name = $1 AND build = $2 AND fence = $3 AND position = $4 AND ${atWork}`

/**
 * Compare-and-set: no row when another holds the lease now or the checkpoint is not where this holder left it. What
 * was active stays so while it works on new events; `booting` is the first filling, and the way out of an error.
 */
export const advanceCheckpoint = `
  UPDATE roviec.projection
     SET position = $5, reflects = coalesce($6, reflects), error = NULL,
         state = CASE WHEN $7 OR state = 'active' THEN 'active' ELSE 'booting' END,
         lease_until = clock_timestamp() + make_interval(secs => $8)
   WHERE name = $1 AND build = $2 AND fence = $3 AND position = $4 AND ${atWork}`

export const renewLease = `
  UPDATE roviec.projection SET lease_until = clock_timestamp() + make_interval(secs => $4)
   WHERE name = $1 AND build = $2 AND fence = $3 AND ${atWork}`

/** What an operator has paused stays paused. */
export const recordError = `
  UPDATE roviec.projection SET state = 'error', error = $4
   WHERE name = $1 AND build = $2 AND fence = $3 AND ${atWork}`

export const releaseLease = `
  UPDATE roviec.projection SET lease_until = NULL, lease_holder = NULL
   WHERE name = $1 AND build = $2 AND fence = $3`

export const selectProgress = `
  SELECT name, version, build, standing, position, reflects, state, error, parked,
         lease_until > clock_timestamp() AS led
    FROM roviec.projection WHERE $1 OR standing <> 'retired' ORDER BY name, build`

export const selectCheckpoint = `
  SELECT position, reflects, version, parked FROM roviec.projection
   WHERE name = $1 AND standing = 'live' AND fingerprint IS NOT NULL`
