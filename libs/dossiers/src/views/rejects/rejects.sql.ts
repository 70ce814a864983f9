/** Lines that were not taken. One that was taken later, sent again by whomever, is so marked by the fact itself. */
export const createRejects = `
  CREATE TABLE dossier_rejects (
    key text PRIMARY KEY,
    stream text NOT NULL,
    position bigint NOT NULL,
    source text,
    event_id text,
    dossier text,
    code text NOT NULL,
    message json NOT NULL,
    line json NOT NULL,
    cut boolean NOT NULL,
    rejected_at timestamptz NOT NULL,
    state text NOT NULL
  );
  CREATE INDEX ON dossier_rejects (source, dossier, event_id);
  CREATE INDEX ON dossier_rejects (state, position)`

export const insertRejects = `
  INSERT INTO dossier_rejects
  SELECT * FROM json_populate_recordset(null::dossier_rejects, $1) ON CONFLICT DO NOTHING`

export const dismissRejects = `UPDATE dossier_rejects SET state = 'dismissed' WHERE key = ANY ($1) AND state = 'open'`

/**
 * Only what came after the rejection mends it: an id that was on record before is what it was rejected for. The same id
 * of another dossier is another message. Taken is
 * taken, whether or not somebody dismissed it: so pages may end anywhere.
 */
export const settleRejects = `
  UPDATE dossier_rejects r SET state = 'taken'
    FROM json_to_recordset($1) AS f(source text, dossier text, id text, position bigint)
   WHERE r.source = f.source AND r.dossier = f.dossier AND r.event_id = f.id AND r.position < f.position`

export const selectRejects = `
  SELECT key, stream, position, source, event_id, dossier, code, message, line, cut, rejected_at, state
    FROM view.dossier_rejects`
