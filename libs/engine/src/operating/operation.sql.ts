import { nextBuild } from '../projecting/build.sql.js'

/** How far the orders have been taken over. */
export const selectOperated = `SELECT position FROM roviec.operating`

/** A row for the one process that takes the event over, none for those that come after it. */
export const moveOperated = `UPDATE roviec.operating SET position = $1 WHERE position < $1 RETURNING position`

/** Every order leaves a row, whatever became of it. */
export const selectTakenOver = `SELECT FROM roviec.operation WHERE event_id = $1 LIMIT 1`

/** The log ends before the place: it was restored from an older copy. What was taken over is known by its rows. */
export const resetOperated = `UPDATE roviec.operating SET position = 0 WHERE position > $1`

/** No build is younger than the end of the log: what is ordered from now on is meant for it. */
export const resetBorn = `UPDATE roviec.projection SET born = 0 WHERE born > $1`

export const selectBuildsAt = `
  SELECT name, build, version, standing, born FROM roviec.projection WHERE name = $1 ORDER BY build FOR NO KEY UPDATE`

export const insertBuild = `
  INSERT INTO roviec.projection (name, build, version, born, standing)
  VALUES ($1, ${nextBuild}, $2, $3, 'building') RETURNING build`

/** Filled again, beside the live one. */
export const reviveBuild = `
  UPDATE roviec.projection SET standing = 'building' WHERE name = $1 AND build = $2 AND standing = 'retired'`

export const pauseBuilds = `
  UPDATE roviec.projection SET state = 'paused' WHERE name = $1 AND standing <> 'retired'`

export const resumeBuilds = `
  UPDATE roviec.projection SET state = 'booting', error = NULL WHERE name = $1 AND state = 'paused'`

export const insertDiscarded = `
  INSERT INTO roviec.discarded (event_id, name, stream, first, last) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`

export const selectBuildsParking = `
  SELECT build FROM roviec.parked WHERE name = $1 AND stream = $2 GROUP BY build`

export const insertOperation = `
  INSERT INTO roviec.operation (event_id, name, build, kind, position, data, state, outcome)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`

export const selectPending = `
  SELECT event_id AS id, kind, data FROM roviec.operation
   WHERE name = $1 AND build = $2 AND state = 'pending' ORDER BY position`

export const finishOperation = `
  UPDATE roviec.operation SET state = $3, outcome = $4 WHERE event_id = $1 AND build = $2 AND state = 'pending'`

export const selectOutcomes = `
  SELECT build, kind, state, outcome FROM roviec.operation WHERE event_id = $1 ORDER BY build`

/** The last orders of a view, newest first. */
export const selectOperations = `
  SELECT event_id AS id, position, kind, data->>'reason' AS reason, build, state, outcome
    FROM roviec.operation WHERE name = $1 ORDER BY position DESC, build LIMIT $2`

export const selectSuccession = `
  SELECT own.id, own.standing, live.version AS live
    FROM roviec.projection own LEFT JOIN roviec.projection live ON live.name = own.name AND live.standing = 'live'
   WHERE own.name = $1 AND own.build = $2`
