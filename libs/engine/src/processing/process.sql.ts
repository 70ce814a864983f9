/** Instances of processes as they stand, and what went wrong in them and waits for an operator. */
export const createProcess = `
  CREATE TABLE process_instance (
    id text PRIMARY KEY,
    process text NOT NULL,
    instance text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    reactions integer NOT NULL,
    unsent integer NOT NULL,
    waiting integer NOT NULL,
    incidents integer NOT NULL,
    updated_at timestamptz NOT NULL,
    state json NOT NULL
  );
  CREATE INDEX process_instance_of ON process_instance (process, instance);
  CREATE TABLE process_incident (
    id text PRIMARY KEY,
    of text NOT NULL,
    process text NOT NULL,
    instance text NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    message text,
    event json,
    command json,
    at timestamptz NOT NULL
  );
  CREATE INDEX process_incident_of ON process_incident (of)`

export const selectInstanceStates = `SELECT id, state FROM process_instance WHERE id = ANY ($1)`

export const upsertInstances = `
  INSERT INTO process_instance
  SELECT * FROM json_populate_recordset(null::process_instance, $1)
  ON CONFLICT (id) DO UPDATE
     SET status = excluded.status, version = excluded.version, reactions = excluded.reactions,
         unsent = excluded.unsent, waiting = excluded.waiting, incidents = excluded.incidents,
         updated_at = excluded.updated_at, state = excluded.state`

export const deleteIncidents = `DELETE FROM process_incident WHERE of = ANY ($1)`

export const insertIncidents = `
  INSERT INTO process_incident SELECT * FROM json_populate_recordset(null::process_incident, $1)`

const listed = `process, instance, status, version, reactions, unsent, waiting, incidents, updated_at AS "updatedAt"`

/** A page of instances by process and id; each of the filters may be null. */
export const selectInstances = `
  SELECT ${listed} FROM view.process_instance
   WHERE ($1::text IS NULL OR process = $1) AND ($2::text IS NULL OR status = $2)
     AND ($3::text IS NULL OR (process, instance) > ($3, $4::text))
   ORDER BY process, instance LIMIT $5`

/** How many instances of each process stand how. */
export const countInstances = `
  SELECT process, count(*)::int AS instances, count(*) FILTER (WHERE status = 'running')::int AS running,
         count(*) FILTER (WHERE status = 'held')::int AS held, count(*) FILTER (WHERE status = 'ended')::int AS ended,
         sum(incidents)::int AS incidents
    FROM view.process_instance GROUP BY process ORDER BY process`

export const selectIncidents = `
  SELECT id, process, instance, kind, code, message, event, command, at FROM view.process_incident
   WHERE ($1::text IS NULL OR process = $1) ORDER BY at DESC, id LIMIT $2`

export const selectIncidentsKnown = `SELECT to_regclass('view.process_incident') IS NOT NULL AS known`

/** What is open, by process; an instance is held by an incident that says so. */
export const countIncidents = `
  SELECT process, count(*)::int AS incidents, count(DISTINCT instance) FILTER (WHERE kind = 'held')::int AS held
    FROM view.process_incident GROUP BY process`
