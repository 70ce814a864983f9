export const createProcedures = `
  CREATE TABLE procedures (
    key text PRIMARY KEY,
    code text NOT NULL,
    state json NOT NULL
  )`

export const selectProcedureStates = `SELECT key AS id, state FROM procedures WHERE key = ANY ($1)`

export const upsertProcedures = `
  INSERT INTO procedures
  SELECT * FROM json_populate_recordset(null::procedures, $1)
  ON CONFLICT (key) DO UPDATE SET state = excluded.state`

export const selectProcedurePage = `
  SELECT state FROM view.procedures
   WHERE ($1::text IS NULL OR code > $1) ORDER BY code LIMIT $2`
