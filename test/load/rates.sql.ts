import type { Database } from '#database'

/** Where the only build of a view stands. */
const rates = 'build_dossier_rates_1'
const board = 'build_dossier_board_1'

/**
 * The dossiers of the sample once more for each copy: later by some days, at other agencies, so that days and agencies
 * fill up as they do in a province. Everything that hangs on days moves by the same. Indexes are made anew at the end.
 */
export async function growing(
  database: Database,
  copies: number,
  formulas: number,
): Promise<readonly string[]> {
  const { rows: keys } = await database.query<{ table: string; name: string; text: string }>(constraints)
  const { rows: indexes } = await database.query<{ name: string; text: string }>(otherIndexes)
  return [
    `SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET synchronous_commit = off`,
    ...numberCopies(copies),
    ...indexes.map(({ name }) => `DROP INDEX ${name}`),
    ...keys.map(({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`),
    ...copySums(formulas),
    ...copySpans(formulas),
    ...copyBoard,
    ...keys.map(({ table, name, text }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${text}`),
    ...indexes.map(({ text }) => text),
    'VACUUM ANALYZE',
  ]
}

const constraints = `
  SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint
   WHERE contype IN ('p', 'u') AND connamespace IN ('${rates}'::regnamespace, '${board}'::regnamespace)`

/** All that keep no rule. */
const otherIndexes = `
  SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS text
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
   WHERE c.relnamespace IN ('${rates}'::regnamespace, '${board}'::regnamespace) AND NOT i.indisunique`

/** Agencies in a circle: the one that stands in for another in a copy. */
const numberCopies = (copies: number): readonly string[] => [
  `CREATE TABLE bench_agency AS
     SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM ${rates}.dossier_rates_agency`,
  `CREATE TABLE bench_copy AS
     SELECT g AS copy, (g * 37) % 360 AS days, g % (SELECT count(*) FROM bench_agency) AS turn
       FROM generate_series(1, ${copies}) g`,
  `CREATE TABLE bench_turned AS
     SELECT c.copy, f.id, t.id AS stands FROM bench_copy c, bench_agency f JOIN bench_agency t ON true
      WHERE t.place = (f.place + c.turn) % (SELECT count(*) FROM bench_agency)`,
  `CREATE UNIQUE INDEX ON bench_turned (copy, id); ANALYZE bench_copy; ANALYZE bench_turned`,
]

const later = (column: string): string =>
  `CASE WHEN isfinite(${column}) THEN ${column} + c.days ELSE ${column} END`

/** Formulas have two columns each in either table. */
function copySpans(formulas: number): readonly string[] {
  const countings = [...Array(formulas).keys()].flatMap((at) => [later(`f${at}`), `n${at}`]).join(', ')
  return [
    `INSERT INTO ${rates}.dossier_rates_dossier
       SELECT key || '/' || c.copy, source, code || '/' || c.copy, state FROM bench_copy c, ${rates}.dossier_rates_dossier`,
    // As if each copy had been recorded after the one before.
    `INSERT INTO ${rates}.dossier_rates_span
       SELECT key || '/' || c.copy, step, ${later('day_from')}, ${later('day_until')},
              known_from + c.copy * h.position, known_until + c.copy * h.position, known_at,
              coalesce(t.stands, s.agency), field, procedure, channel,
              CASE WHEN t.stands IS NULL THEN agencies ELSE ARRAY[t.stands] END,
              ${['accepted', 'due', 'ended', 'since'].map(later).join(', ')}, missing, owed_by, problem, ${countings}
         FROM ${rates}.dossier_rates_head h, bench_copy c CROSS JOIN ${rates}.dossier_rates_span s
         LEFT JOIN bench_turned t ON t.copy = c.copy AND t.id = s.agency`,
    `UPDATE ${rates}.dossier_rates_head SET position = position * (1 + (SELECT count(*) FROM bench_copy))`,
  ]
}

/** Those of days, moved; months and years added up from them. */
function copySums(formulas: number): readonly string[] {
  const columns = [...Array(formulas).keys()].flatMap((at) => [`d${at}`, `n${at}`])
  const tables = ['dossier_rates_sum', 'dossier_rates_pair_sum'].map((table) => `${rates}.${table}`)
  const sums = columns.map((column) => `sum(${column})::integer AS ${column}`).join(', ')
  return [
    `CREATE TABLE bench_stands AS
       SELECT c.copy, s.id, s.kind, coalesce(t.stands, s.first) AS first, s.second
         FROM bench_copy c CROSS JOIN ${rates}.dossier_rates_cell s
         LEFT JOIN bench_turned t ON t.copy = c.copy AND t.id = s.first AND s.kind LIKE 'agency%'
       UNION ALL SELECT 0, id, kind, first, second FROM ${rates}.dossier_rates_cell`,
    `INSERT INTO ${rates}.dossier_rates_cell
       SELECT (SELECT max(id) FROM ${rates}.dossier_rates_cell) + row_number() OVER (), kind, first, second
         FROM (SELECT DISTINCT kind, first, second FROM bench_stands
               EXCEPT SELECT kind, first, second FROM ${rates}.dossier_rates_cell) added`,
    `CREATE TABLE bench_cell AS
       SELECT copy, b.id, s.id AS stands FROM bench_stands b JOIN ${rates}.dossier_rates_cell s USING (kind, first, second)`,
    `DROP TABLE bench_stands; ANALYZE bench_cell`,
    ...tables.flatMap((table) => [
      `CREATE UNLOGGED TABLE bench_sum AS
         SELECT b.stands AS cell, axis, day + c.days AS day, CASE WHEN axis LIKE 'w%' THEN other + c.days ELSE other END AS other, ${sums}
           FROM ${table} s JOIN bench_cell b ON b.id = s.cell
           JOIN (SELECT * FROM bench_copy UNION ALL SELECT 0, 0, 0) c USING (copy)
          WHERE axis ~ '^(td|fd|w)' GROUP BY 1, 2, 3, 4`,
      `TRUNCATE ${table}`,
      `INSERT INTO ${table} SELECT * FROM (
         SELECT * FROM bench_sum UNION ALL
         ${['month', 'year']
           .map(
             (level) =>
               `SELECT cell, left(axis, 1) || '${level[0]}', date_trunc('${level}', day)::date, other, ${sums}
                  FROM bench_sum WHERE axis IN ('td', 'fd') GROUP BY 1, 2, 3, 4`,
           )
           .join(' UNION ALL ')}) all_levels`,
      `DROP TABLE bench_sum`,
    ]),
  ]
}

/** Agencies stand in for others as they do in the spans; names and folds are not read by lists, states are kept for their size. */
const copyBoard = [
  `INSERT INTO ${board}.dossier_board_dossier
    SELECT key || '/' || c.copy, source, code || '/' || c.copy, procedure, agency,
           ARRAY(SELECT DISTINCT t.stands FROM bench_turned t WHERE t.copy = c.copy AND t.id = ANY (agencies)),
           shelf, status, clock, ${['submitted', 'accepted', 'first_due', 'due', 'reappointed_to', 'ended'].map(later).join(', ')},
           late_at_end, late_by, missing, problem, revision, updated_at
      FROM bench_copy c, ${board}.dossier_board_dossier`,
  `INSERT INTO ${board}.dossier_board_state
    SELECT key || '/' || c.copy, state FROM bench_copy c, ${board}.dossier_board_state`,
  `TRUNCATE ${board}.dossier_board_agency, ${board}.dossier_board_count`,
  `INSERT INTO ${board}.dossier_board_agency
    SELECT a, key, source, shelf, due, accepted, code FROM ${board}.dossier_board_dossier, unnest(agencies) a`,
  `INSERT INTO ${board}.dossier_board_count
    SELECT o, p, source, shelf, CASE WHEN ended IS NULL THEN due ELSE 'infinity' END, count(*)
      FROM ${board}.dossier_board_dossier, unnest(agencies || '{""}'::text[]) o, unnest(ARRAY['', procedure]) p
     GROUP BY 1, 2, 3, 4, 5`,
]

/** Whether sums and spans still say the same of a period: both counted anew. */
export const countFromSpans = `
  SELECT count(*) FILTER (WHERE f1 >= $2::date)::integer AS denominator,
         coalesce(sum(n1) FILTER (WHERE f1 >= $2::date), 0)::integer AS numerator
    FROM ${rates}.dossier_rates_span
   WHERE known_until IS NULL AND day_from <= $1::date AND day_until >= $1::date`
