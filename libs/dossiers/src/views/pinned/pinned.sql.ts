/** The statements of one view about the calendars and procedures that it keeps. */
export interface PinnedTables {
  readonly create: string
  readonly insertCalendars: string
  readonly insertProcedures: string
  readonly selectCalendarPlaces: string
  readonly selectProcedurePlaces: string
  readonly selectCalendars: string
  readonly selectProcedures: string
}

/**
 * Every version of calendars and procedures with its place in the log, in tables of the view's own: a view that read
 * those of another would hang on how far that one is.
 */
export function pinnedTables(view: string): PinnedTables {
  return {
    create: `
  CREATE TABLE ${view}_calendar (
    name text NOT NULL, number integer NOT NULL, position bigint NOT NULL, state json NOT NULL,
    PRIMARY KEY (name, number)
  );
  CREATE TABLE ${view}_procedure (
    key text NOT NULL, revision integer NOT NULL, position bigint NOT NULL, state json NOT NULL,
    PRIMARY KEY (key, revision)
  );`,
    insertCalendars: `
  INSERT INTO ${view}_calendar SELECT * FROM json_populate_recordset(null::${view}_calendar, $1)
  ON CONFLICT DO NOTHING`,
    insertProcedures: `
  INSERT INTO ${view}_procedure SELECT * FROM json_populate_recordset(null::${view}_procedure, $1)
  ON CONFLICT DO NOTHING`,
    selectCalendarPlaces: `SELECT name, number, position FROM ${view}_calendar`,
    selectProcedurePlaces: `
  SELECT key, revision, position FROM ${view}_procedure WHERE key = ANY ($1)`,
    selectCalendars: `
  SELECT name, number, state FROM ${view}_calendar
   WHERE (name, number) IN (SELECT * FROM unnest($1::text[], $2::integer[]))`,
    selectProcedures: `
  SELECT key, revision, state FROM ${view}_procedure
   WHERE (key, revision) IN (SELECT * FROM unnest($1::text[], $2::integer[]))`,
  }
}
