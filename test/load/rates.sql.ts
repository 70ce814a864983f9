/** Where the only build of a view stands. */
const rates = 'build_dossier_rates_1'
const board = 'build_dossier_board_1'

/**
 * The dossiers of the sample once more for each copy: later by some days, at other agencies, so that days and agencies
 * fill up as they do in a province. Everything that hangs on days moves by the same.
 */
const copies = `
  SELECT g AS copy, (g * 37) % 360 AS days, g % (SELECT count(*) FROM bench_agency) AS turn FROM generate_series(1, $1::integer) g`

/** Agencies in a circle: the one that stands in for another in a copy. */
export const numberAgencies = `
  CREATE TABLE bench_agency AS
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM ${rates}.dossier_rates_agency`

const turnAgencies = `
  CREATE TABLE bench_turned AS
    SELECT c.copy, f.id, t.id AS stands FROM bench_copy c, bench_agency f JOIN bench_agency t ON true
     WHERE t.place = (f.place + c.turn) % (SELECT count(*) FROM bench_agency)`

const later = (column: string): string =>
  `CASE WHEN isfinite(${column}) THEN ${column} + c.days ELSE ${column} END`

/** Formulas have two columns each in either table. */
export function copyRates(formulas: number): readonly string[] {
  const each = [...Array.from({ length: formulas }).keys()]
  const countings = each.flatMap((at) => [later(`f${at}`), `n${at}`]).join(', ')
  const sums = each.flatMap((at) => [`d${at}`, `n${at}`])
  return [
    `CREATE TABLE bench_copy AS ${copies}`,
    turnAgencies,
    `ANALYZE bench_copy; ANALYZE bench_turned`,
    `INSERT INTO ${rates}.dossier_rates_dossier
       SELECT key || '/' || c.copy, source, code || '/' || c.copy, state FROM ${rates}.dossier_rates_dossier, bench_copy c`,
    `INSERT INTO ${rates}.dossier_rates_span
       SELECT key || '/' || c.copy, step, ${later('day_from')}, ${later('day_until')}, known_from, known_until, known_at,
              coalesce(t.stands, s.agency), field, procedure, channel,
              CASE WHEN t.stands IS NULL THEN agencies ELSE ARRAY[t.stands] END,
              ${['accepted', 'due', 'ended', 'since'].map(later).join(', ')}, missing, owed_by, problem, ${countings}
         FROM ${rates}.dossier_rates_span s CROSS JOIN bench_copy c
         LEFT JOIN bench_turned t ON t.copy = c.copy AND t.id = s.agency`,
    `CREATE TABLE bench_sum AS
       SELECT coalesce(o.stands, s.owner) AS owner, dimension, axis, level, day + c.days AS day,
              CASE WHEN axis = 'b' THEN other + c.days ELSE other END AS other,
              CASE WHEN dimension = 'agency' THEN coalesce(v.stands, s.value) ELSE s.value END AS value,
              ${sums.map((column) => `sum(${column})::integer AS ${column}`).join(', ')}
         FROM ${rates}.dossier_rates_sum s CROSS JOIN (SELECT * FROM bench_copy UNION ALL SELECT 0, 0, 0) c
         LEFT JOIN bench_turned o ON o.copy = c.copy AND o.id = s.owner
         LEFT JOIN bench_turned v ON v.copy = c.copy AND v.id = s.value
        WHERE level = 'd' GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    `TRUNCATE ${rates}.dossier_rates_sum`,
    ...['day', 'month', 'year'].map(
      (level) => `
      INSERT INTO ${rates}.dossier_rates_sum
        SELECT owner, dimension, axis, '${level[0]}', date_trunc('${level}', day)::date, other, value,
               ${sums.map((column) => `sum(${column})`).join(', ')}
          FROM bench_sum WHERE ${level === 'day' ? 'true' : `axis <> 'b'`} GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    ),
    `DROP TABLE bench_sum`,
    `ANALYZE`,
  ]
}

/** Agencies stand in for others as they do in the spans; names and folds are not read by lists, states are kept for their size. */
export const copyBoard = [
  `INSERT INTO ${board}.dossier_board_dossier
    SELECT key || '/' || c.copy, source, code || '/' || c.copy, procedure, agency,
           ARRAY(SELECT DISTINCT t.stands FROM bench_turned t WHERE t.copy = c.copy AND t.id = ANY (agencies)),
           shelf, status, clock, ${['submitted', 'accepted', 'first_due', 'due', 'reappointed_to', 'ended'].map(later).join(', ')},
           late_at_end, late_by, missing, problem, revision, updated_at
      FROM ${board}.dossier_board_dossier, bench_copy c`,
  `INSERT INTO ${board}.dossier_board_state
    SELECT key || '/' || c.copy, state FROM ${board}.dossier_board_state, bench_copy c`,
  `TRUNCATE ${board}.dossier_board_agency, ${board}.dossier_board_count`,
  `INSERT INTO ${board}.dossier_board_agency
    SELECT a, key, source, shelf, due, accepted, code FROM ${board}.dossier_board_dossier, unnest(agencies) a`,
  `INSERT INTO ${board}.dossier_board_count
    SELECT o, p, source, shelf, CASE WHEN ended IS NULL THEN due ELSE 'infinity' END, count(*)
      FROM ${board}.dossier_board_dossier, unnest(agencies || '{""}'::text[]) o, unnest(ARRAY['', procedure]) p
     GROUP BY 1, 2, 3, 4, 5`,
]

/** Whether sums and spans still say the same of a day: both counted anew. */
export const countFromSpans = `
  SELECT count(*) FILTER (WHERE f1 >= $2::date)::integer AS denominator,
         coalesce(sum(n1) FILTER (WHERE f1 >= $2::date), 0)::integer AS numerator
    FROM ${rates}.dossier_rates_span
   WHERE known_until IS NULL AND day_from <= $1::date AND day_until >= $1::date`
