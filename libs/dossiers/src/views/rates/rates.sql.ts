import { pinnedTables } from '../pinned/pinned.sql.js'
import { allFormulas } from '../../domain/formulas/all-formulas.js'
import { isPair, type Cell } from './cells.js'

export const ratesPinned = pinnedTables('dossier_rates')

const formulas = [...allFormulas.keys()]

/** `f0, n0, f1, n1 …`: for all first days up to f; in the numerator or not. */
const countings = formulas.map((at) => `f${at} date, n${at} smallint`).join(', ')
/** `d0, n0, d1, n1 …`: denominators and numerators. */
const counts = formulas.map((at) => `d${at} integer NOT NULL, n${at} integer NOT NULL`).join(', ')

/** A line of the register, as it stands. */
export const listed = `known_until IS NULL AND missing <> '{}'`

/** A late dossier, whether or not it lacks something. */
export const late = 'since IS NOT NULL'

/** Of cells of one dimension, and of two: these are many and each read alone, so that the others stay close. */
export const sumTables = ['dossier_rates_sum', 'dossier_rates_pair_sum'] as const
export type SumTable = (typeof sumTables)[number]

export function sumTableOf(cell: Pick<Cell, 'kind'>): SumTable {
  return isPair(cell) ? 'dossier_rates_pair_sum' : 'dossier_rates_sum'
}

const createSums = (table: SumTable): string => `
  CREATE TABLE ${table} (
    cell integer NOT NULL,
    axis text NOT NULL,
    day date NOT NULL,
    other date NOT NULL,
    ${counts},
    PRIMARY KEY (cell, axis, day, other)
  ) WITH (fillfactor = 80)`

/**
 * Each span says what holds of a dossier (step 0) or of its n-th step for periods that end from `day_from` to
 * `day_until`, and at which positions of the log that was known: from `known_from`, before `known_until`. Nothing is
 * deleted: figures as of an older position stay what they were.
 *
 * The sums are those of the spans known now, for each cell, as differences by day, kept also by month and year: what is
 * counted for a period is a sum over some forty rows a cell, however many dossiers there are. What an older position
 * counted is these and what has changed since: spans are found by both ends of what was known. Calendars and procedures are kept version by
 * version with their place in the log, since each dossier is judged by those it has pinned.
 */
export const createRates = `
  CREATE TABLE dossier_rates_head (position bigint NOT NULL);
  INSERT INTO dossier_rates_head VALUES (0);
  ${ratesPinned.create}
  CREATE TABLE dossier_rates_agency (id text PRIMARY KEY, name text NOT NULL);
  CREATE TABLE dossier_rates_dossier (
    key text PRIMARY KEY, source text NOT NULL, code text NOT NULL, state json NOT NULL
  );
  CREATE TABLE dossier_rates_span (
    key text NOT NULL,
    step integer NOT NULL,
    day_from date NOT NULL,
    day_until date NOT NULL,
    known_from bigint NOT NULL,
    known_until bigint,
    known_at timestamptz NOT NULL,
    agency text NOT NULL,
    field text NOT NULL,
    procedure text NOT NULL,
    channel text NOT NULL,
    agencies text[] NOT NULL,
    accepted date,
    due date,
    ended date,
    since date,
    missing text[] NOT NULL,
    owed_by text[] NOT NULL,
    problem text,
    ${countings},
    PRIMARY KEY (key, step, day_from, known_from)
  );
  CREATE INDEX ON dossier_rates_span (key, step) WHERE known_until IS NULL;
  CREATE INDEX ON dossier_rates_span (agency, key, step) WHERE known_until IS NULL;
  CREATE INDEX ON dossier_rates_span (agency, key, step) WHERE known_until IS NULL AND since IS NOT NULL;
  CREATE INDEX ON dossier_rates_span (procedure, key, step) WHERE known_until IS NULL;
  CREATE INDEX ON dossier_rates_span (known_from);
  CREATE INDEX ON dossier_rates_span (known_until) WHERE known_until IS NOT NULL;
  CREATE INDEX ON dossier_rates_span (key) WHERE known_until IS NULL AND problem IS NOT NULL;
  CREATE INDEX ON dossier_rates_span (since, key) WHERE ${listed} AND day_until = 'infinity';
  CREATE INDEX ON dossier_rates_span (day_until) WHERE ${listed} AND day_until < 'infinity';
  CREATE INDEX ON dossier_rates_span USING gin (agencies) WHERE known_until IS NULL AND ${late};
  CREATE TABLE dossier_rates_cell (
    id integer PRIMARY KEY, kind text NOT NULL, first text NOT NULL, second text NOT NULL, UNIQUE (kind, first, second)
  );
  CREATE INDEX ON dossier_rates_cell (kind, second) WHERE kind LIKE '%+%';
  ${sumTables.map(createSums).join(';\n  ')}`

export const moveHead = `UPDATE dossier_rates_head SET position = greatest(position, $1)`

export const selectStates = `SELECT key, state FROM dossier_rates_dossier WHERE key = ANY ($1)`

export const upsertStates = `
  INSERT INTO dossier_rates_dossier SELECT * FROM json_populate_recordset(null::dossier_rates_dossier, $1)
  ON CONFLICT (key) DO UPDATE SET state = excluded.state`

/** The name first written stands: a report made again names the agency as it did. */
export const insertAgencies = `
  INSERT INTO dossier_rates_agency SELECT * FROM json_populate_recordset(null::dossier_rates_agency, $1)
  ON CONFLICT DO NOTHING`

export const selectKnownSpans = `
  SELECT to_json(s) AS span FROM dossier_rates_span s WHERE key = ANY ($1) AND known_until IS NULL`

export const insertSpans = `
  INSERT INTO dossier_rates_span SELECT * FROM json_populate_recordset(null::dossier_rates_span, $1)`

export const closeSpans = `
  UPDATE dossier_rates_span s SET known_until = c.known_until
    FROM json_populate_recordset(null::dossier_rates_span, $1) c
   WHERE s.key = c.key AND s.step = c.step AND s.day_from = c.day_from AND s.known_from = c.known_from`

/** Numbers go by the order in which cells first come up in the log, wherever pages end. */
export const insertCells = `
  INSERT INTO dossier_rates_cell
  SELECT (SELECT coalesce(max(id), 0) FROM dossier_rates_cell) + row_number() OVER (ORDER BY a.at), a.kind, a.first, a.second
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY a (kind, first, second, at)
   WHERE NOT EXISTS (SELECT FROM dossier_rates_cell c
                      WHERE c.kind = a.kind AND c.first = a.first AND c.second = a.second)`

/** In the order asked. */
export const selectCells = `
  SELECT c.id FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY a (kind, first, second, at)
    JOIN dossier_rates_cell c ON c.kind = a.kind AND c.first = a.first AND c.second = a.second ORDER BY a.at`

const added = formulas.flatMap((at) => [`d${at}`, `n${at}`])

/** Answers the sums that came to nothing. */
export const addSums = (table: SumTable): string => `
  WITH added AS (
    INSERT INTO ${table} AS s SELECT * FROM json_populate_recordset(null::${table}, $1)
    ON CONFLICT (cell, axis, day, other)
    DO UPDATE SET ${added.map((column) => `${column} = s.${column} + excluded.${column}`).join(', ')}
    RETURNING cell, axis, day, other, ${added.map((column) => `s.${column} = 0`).join(' AND ')} AS is_nothing)
  SELECT cell, axis, day::text, other::text FROM added WHERE is_nothing`

export const deleteSums = (table: SumTable): string => `
  DELETE FROM ${table} s USING json_populate_recordset(null::${table}, $1) c
   WHERE s.cell = c.cell AND s.axis = c.axis AND s.day = c.day AND s.other = c.other`
