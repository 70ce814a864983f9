/**
 * The board's tables. A dossier is kept as the workflow's own fold (`state`), so the view cannot disagree with it; the
 * columns beside it are what lists filter and sort by, as far as no clock is needed for them. Calendars and procedures
 * are kept version by version, since each dossier is judged by those it has pinned.
 */
export const createBoard = `
  CREATE TABLE dossier_board_calendar (
    version text PRIMARY KEY,
    name text NOT NULL,
    number integer NOT NULL,
    state json NOT NULL
  );
  CREATE TABLE dossier_board_procedure (
    key text NOT NULL,
    revision integer NOT NULL,
    state json NOT NULL,
    PRIMARY KEY (key, revision)
  );
  CREATE TABLE dossier_board_dossier (
    key text PRIMARY KEY,
    source text NOT NULL,
    code text NOT NULL,
    procedure text,
    agency text,
    agencies text[] NOT NULL,
    status text NOT NULL,
    clock text NOT NULL,
    submitted date,
    accepted date,
    first_due date,
    due date,
    reappointed_to date,
    ended date,
    late_at_end boolean,
    late_by integer,
    missing text[] NOT NULL,
    problem text,
    revision bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    state json NOT NULL
  );
  CREATE INDEX ON dossier_board_dossier (code);
  CREATE INDEX ON dossier_board_dossier (due, key);
  CREATE INDEX ON dossier_board_dossier (accepted, key)`

export const selectLatestCalendars = `
  SELECT DISTINCT ON (name) name, number, state FROM dossier_board_calendar ORDER BY name, number DESC`

export const insertCalendars = `
  INSERT INTO dossier_board_calendar
  SELECT * FROM json_populate_recordset(null::dossier_board_calendar, $1) ON CONFLICT DO NOTHING`

export const selectCalendars = `SELECT version, name, number, state FROM dossier_board_calendar WHERE version = ANY ($1)`

export const selectLatestProcedures = `
  SELECT DISTINCT ON (key) key, state FROM dossier_board_procedure WHERE key = ANY ($1) ORDER BY key, revision DESC`

export const insertProcedures = `
  INSERT INTO dossier_board_procedure
  SELECT * FROM json_populate_recordset(null::dossier_board_procedure, $1) ON CONFLICT DO NOTHING`

export const selectProcedures = `
  SELECT key, revision, state FROM dossier_board_procedure
   WHERE (key, revision) IN (SELECT * FROM unnest($1::text[], $2::integer[]))`

export const selectDossierStates = `SELECT key AS id, state FROM dossier_board_dossier WHERE key = ANY ($1)`

export const upsertDossiers = `
  INSERT INTO dossier_board_dossier
  SELECT * FROM json_populate_recordset(null::dossier_board_dossier, $1)
  ON CONFLICT (key) DO UPDATE SET
    procedure = excluded.procedure, agency = excluded.agency, agencies = excluded.agencies,
    status = excluded.status, clock = excluded.clock, submitted = excluded.submitted,
    accepted = excluded.accepted, first_due = excluded.first_due, due = excluded.due,
    reappointed_to = excluded.reappointed_to, ended = excluded.ended, late_at_end = excluded.late_at_end,
    late_by = excluded.late_by, missing = excluded.missing, problem = excluded.problem,
    revision = excluded.revision, updated_at = excluded.updated_at, state = excluded.state`
