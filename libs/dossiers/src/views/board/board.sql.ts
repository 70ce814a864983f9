import { pinnedTables } from '../pinned/pinned.sql.js'

export const boardPinned = pinnedTables('dossier_board')

/** In place of a day that there is not: days are compared, and what has none comes last. */
export const noDay = 'infinity'

/** What lists sort by. */
export const sorts = ['due', 'accepted', 'code'] as const
export type Sort = (typeof sorts)[number]

const inOrder = (table: string, first: string): string =>
  sorts
    .map((sort) => `CREATE INDEX ON dossier_board_${table} (${first}source, shelf, ${sort}, key);`)
    .join('\n  ')

/**
 * A dossier has one narrow row; its fold (`state`), which is large and which no list reads, stands apart. Every list is a
 * piece of an index: of all dossiers, of a procedure, of an agency that they name, each by source and shelf (see
 * `shelves.ts`) in the order of each sort. So a page costs what is on it, however many dossiers there are.
 *
 * The counts are kept with the rows: how many dossiers stand on a shelf, of the province (`owner` empty) or an agency,
 * of all procedures (`procedure` empty) or one; of what has not ended by its due day too, since it is late as of a day.
 * The names are what a text is looked for in.
 */
export const createBoard = `
  ${boardPinned.create}
  CREATE TABLE dossier_board_state (
    key text COLLATE "C" PRIMARY KEY,
    state json NOT NULL
  );
  CREATE TABLE dossier_board_dossier (
    key text COLLATE "C" PRIMARY KEY,
    source text NOT NULL,
    code text COLLATE "C" NOT NULL,
    procedure text,
    agency text,
    agencies text[] NOT NULL,
    shelf smallint NOT NULL,
    status text NOT NULL,
    clock text NOT NULL,
    submitted date,
    accepted date NOT NULL,
    first_due date,
    due date NOT NULL,
    reappointed_to date,
    ended date,
    late_at_end boolean,
    late_by integer,
    missing text[] NOT NULL,
    problem text,
    revision bigint NOT NULL,
    updated_at timestamptz NOT NULL
  ) WITH (fillfactor = 85);
  ${inOrder('dossier', '')}
  ${inOrder('dossier', 'procedure, ')}
  CREATE INDEX ON dossier_board_dossier (reverse(code));
  CREATE TABLE dossier_board_agency (
    agency text NOT NULL,
    key text COLLATE "C" NOT NULL,
    source text NOT NULL,
    shelf smallint NOT NULL,
    due date NOT NULL,
    accepted date NOT NULL,
    code text COLLATE "C" NOT NULL,
    PRIMARY KEY (key, agency)
  );
  ${inOrder('agency', 'agency, ')}
  CREATE TABLE dossier_board_count (
    owner text NOT NULL,
    procedure text NOT NULL,
    source text NOT NULL,
    shelf smallint NOT NULL,
    due date NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (owner, procedure, source, shelf, due)
  ) WITH (fillfactor = 80);
  CREATE TABLE dossier_board_name (
    kind text NOT NULL,
    value text NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (kind, value, words)
  )`

export const selectDossierStates = `SELECT key AS id, state FROM dossier_board_state WHERE key = ANY ($1)`

export const upsertStates = `
  INSERT INTO dossier_board_state SELECT * FROM json_populate_recordset(null::dossier_board_state, $1)
  ON CONFLICT (key) DO UPDATE SET state = excluded.state`

/** Where the dossiers of a page are counted so far. */
export const selectPlaces = `
  SELECT key, source, procedure, agencies, shelf, due::text, ended IS NOT NULL AS "hasEnded"
    FROM dossier_board_dossier WHERE key = ANY ($1)`

export const upsertDossiers = `
  INSERT INTO dossier_board_dossier
  SELECT * FROM json_populate_recordset(null::dossier_board_dossier, $1)
  ON CONFLICT (key) DO UPDATE SET
    procedure = excluded.procedure, agency = excluded.agency, agencies = excluded.agencies, shelf = excluded.shelf,
    status = excluded.status, clock = excluded.clock, submitted = excluded.submitted,
    accepted = excluded.accepted, first_due = excluded.first_due, due = excluded.due,
    reappointed_to = excluded.reappointed_to, ended = excluded.ended, late_at_end = excluded.late_at_end,
    late_by = excluded.late_by, missing = excluded.missing, problem = excluded.problem,
    revision = excluded.revision, updated_at = excluded.updated_at`

/** The agencies that a dossier names only grow in number: none is ever taken away. */
export const upsertAgencies = `
  INSERT INTO dossier_board_agency AS a
  SELECT named, key, source, shelf, due, accepted, code
    FROM json_populate_recordset(null::dossier_board_dossier, $1) d, unnest(d.agencies) named
  ON CONFLICT (key, agency) DO UPDATE SET shelf = excluded.shelf, due = excluded.due, accepted = excluded.accepted
   WHERE (a.shelf, a.due, a.accepted) IS DISTINCT FROM (excluded.shelf, excluded.due, excluded.accepted)`

/** Answers the counts that came to nothing. */
export const addCounts = `
  WITH added AS (
    INSERT INTO dossier_board_count AS c SELECT * FROM json_populate_recordset(null::dossier_board_count, $1)
    ON CONFLICT (owner, procedure, source, shelf, due) DO UPDATE SET n = c.n + excluded.n
    RETURNING *)
  SELECT to_json(added) AS count FROM added WHERE n = 0`

export const deleteCounts = `
  DELETE FROM dossier_board_count c USING json_populate_recordset(null::dossier_board_count, $1) z
   WHERE c.owner = z.owner AND c.procedure = z.procedure AND c.source = z.source AND c.shelf = z.shelf AND c.due = z.due`

export const insertNames = `
  INSERT INTO dossier_board_name SELECT * FROM json_populate_recordset(null::dossier_board_name, $1)
  ON CONFLICT DO NOTHING`
