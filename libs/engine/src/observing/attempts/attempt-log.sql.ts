/**
 * `counted` is how many attempts a row stands for: one, or those of an actor that were counted. `reasons` has their
 * codes then.
 */
export const createAttemptLog = `
  CREATE TABLE attempt_log (
    position bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    agency text,
    kind text NOT NULL,
    target text,
    transition text,
    aggregate text,
    code text,
    command_id uuid,
    dry_run boolean NOT NULL,
    counted integer NOT NULL,
    reasons json
  );
  CREATE INDEX ON attempt_log (actor, position);
  CREATE INDEX ON attempt_log (code, position);
  CREATE INDEX ON attempt_log (at)`

/** A page applied again, after a lost answer, changes nothing. */
export const insertAttempts = `
  INSERT INTO attempt_log SELECT * FROM json_populate_recordset(null::attempt_log, $1)
  ON CONFLICT DO NOTHING`

const chosen = `
  FROM view.attempt_log
 WHERE ($1::text IS NULL OR actor = $1)
   AND ($2::text IS NULL OR code = $2 OR (reasons ->> $2) IS NOT NULL)
   AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)`

/** The newest first. */
export const selectAttempts = `
  SELECT position, at, actor, agency, kind, target, transition, aggregate, code, command_id AS "commandId",
         dry_run AS "dryRun", counted, reasons ${chosen} AND ($5::bigint IS NULL OR position < $5)
 ORDER BY position DESC LIMIT $6`

/** How many attempts there were, those that were only counted included. */
export const countAttempts = `SELECT count(*)::int AS rows, coalesce(sum(counted), 0)::bigint AS attempts ${chosen}`
