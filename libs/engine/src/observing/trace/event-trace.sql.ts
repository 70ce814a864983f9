/**
 * Where each event stands, and what it belongs to. Most events begin their own correlation and are caused by none:
 * those columns are null then, and their indexes hold only the rows that a trace follows. What an event says, by whom
 * and when is read from the log, so nothing of it is kept twice. Some 150 bytes an event with its indexes.
 */
export const createEventTrace = `
  CREATE TABLE event_trace (
    id uuid PRIMARY KEY,
    revision bigint NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    correlation uuid,
    causation uuid
  );
  CREATE INDEX ON event_trace (correlation) WHERE correlation IS NOT NULL;
  CREATE INDEX ON event_trace (causation) WHERE causation IS NOT NULL`

/** A page applied again, after a lost answer, changes nothing. */
export const insertEventTrace = `
  INSERT INTO event_trace SELECT * FROM json_populate_recordset(null::event_trace, $1)
  ON CONFLICT DO NOTHING`

const place = 'SELECT id, stream, revision, position, correlation, causation FROM view.event_trace'

export const selectPlaces = `${place} WHERE id = ANY ($1::uuid[]) ORDER BY position LIMIT $2`

export const selectCaused = `${place} WHERE causation = ANY ($1::uuid[]) ORDER BY position LIMIT $2`

export const selectCorrelated = `${place} WHERE correlation = $1 ORDER BY position LIMIT $2`
