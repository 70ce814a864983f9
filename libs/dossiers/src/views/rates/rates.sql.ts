import { pinnedTables } from '../pinned/pinned.sql.js'
import { allFormulas } from '../../domain/formulas/all-formulas.js'

export const ratesPinned = pinnedTables('dossier_rates')

const formulas = [...allFormulas.keys()]

/** `f0, n0, f1, n1 …`: for all first days up to f; in the numerator or not. */
const countings = formulas.map((at) => `f${at} date, n${at} smallint`).join(', ')
/** `d0, n0, d1, n1 …`: denominators and numerators. */
const counts = formulas.map((at) => `d${at} integer NOT NULL, n${at} integer NOT NULL`).join(', ')

/** A line of the register, as it stands. */
export const listed = `known_until IS NULL AND missing <> '{}'`

/**
 * Each span says what holds of a dossier (step 0) or of its n-th step for periods that end from `day_from` to
 * `day_until`, and at which positions of the log that was known: from `known_from`, before `known_until`. Nothing is
 * deleted: figures as of an older position stay what they were.
 *
 * The sums are those of the spans known now, as differences by day, kept also by month and year: what is counted for a
 * period is a sum over some fifty rows, however many dossiers there are. Calendars and procedures are kept version by
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
  CREATE INDEX ON dossier_rates_span (known_from);
  CREATE INDEX ON dossier_rates_span (key) WHERE known_until IS NULL AND problem IS NOT NULL;
  CREATE INDEX ON dossier_rates_span (since, key) WHERE ${listed} AND day_until = 'infinity';
  CREATE INDEX ON dossier_rates_span (day_until) WHERE ${listed} AND day_until < 'infinity';
  CREATE INDEX ON dossier_rates_span USING gin (agencies) WHERE ${listed};
  CREATE TABLE dossier_rates_sum (
    owner text NOT NULL,
    dimension text NOT NULL,
    axis text NOT NULL,
    level text NOT NULL,
    day date NOT NULL,
    other date NOT NULL,
    value text NOT NULL,
    ${counts},
    PRIMARY KEY (owner, dimension, axis, level, day, value, other)
  ) WITH (fillfactor = 80)`

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

const added = formulas.flatMap((at) => [`d${at}`, `n${at}`])

/** Answers the sums that came to nothing. */
export const addSums = `
  WITH added AS (
    INSERT INTO dossier_rates_sum AS s SELECT * FROM json_populate_recordset(null::dossier_rates_sum, $1)
    ON CONFLICT (owner, dimension, axis, level, day, value, other)
    DO UPDATE SET ${added.map((column) => `${column} = s.${column} + excluded.${column}`).join(', ')}
    RETURNING *)
  SELECT to_json(added) AS sum FROM added WHERE ${added.map((column) => `${column} = 0`).join(' AND ')}`

export const deleteSums = `
  DELETE FROM dossier_rates_sum s USING json_populate_recordset(null::dossier_rates_sum, $1) c
   WHERE s.owner = c.owner AND s.dimension = c.dimension AND s.axis = c.axis AND s.level = c.level
     AND s.day = c.day AND s.value = c.value AND s.other = c.other`
