export const createAgencies = `
  CREATE TABLE agencies (
    id text PRIMARY KEY,
    state json NOT NULL
  )`

export const selectAgencyStates = `SELECT id, state FROM agencies WHERE id = ANY ($1)`

export const upsertAgencies = `
  INSERT INTO agencies
  SELECT * FROM json_populate_recordset(null::agencies, $1)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state`

export const selectAgencies = `SELECT id, state FROM view.agencies`
