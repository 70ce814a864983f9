export const createAgencies = `
  CREATE TABLE view.agencies_v1 (
    id text PRIMARY KEY,
    state json NOT NULL
  )`

export const selectAgencyStates = `SELECT id, state FROM view.agencies_v1 WHERE id = ANY ($1)`

export const upsertAgencies = `
  INSERT INTO view.agencies_v1
  SELECT * FROM json_populate_recordset(null::view.agencies_v1, $1)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state`

export const selectAgencies = `SELECT id, state FROM view.agencies_v1`
