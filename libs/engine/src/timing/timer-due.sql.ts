/** Pending timers only: as many rows as there are timers to come, and one index to find the next. */
export const createTimerDue = `
  CREATE TABLE timer_due (
    timer text PRIMARY KEY,
    due_at timestamptz(3) NOT NULL,
    schedule integer NOT NULL,
    occurrence integer NOT NULL,
    every text,
    catch_up text NOT NULL,
    name text NOT NULL,
    owner_kind text NOT NULL,
    owner_name text NOT NULL,
    owner_id text NOT NULL,
    -- The event that set it, and what that belongs to: a fire is traced back to them.
    cause uuid NOT NULL,
    correlation text NOT NULL
  );
  CREATE INDEX timer_due_next ON timer_due (due_at, timer);
  CREATE INDEX timer_due_owner ON timer_due (owner_kind, owner_name, owner_id)`

export const upsertTimers = `
  INSERT INTO timer_due
  SELECT * FROM json_populate_recordset(null::timer_due, $1)
  ON CONFLICT (timer) DO UPDATE
     SET due_at = excluded.due_at, schedule = excluded.schedule, occurrence = excluded.occurrence,
         every = excluded.every, catch_up = excluded.catch_up, name = excluded.name,
         owner_kind = excluded.owner_kind, owner_name = excluded.owner_name, owner_id = excluded.owner_id,
         cause = excluded.cause, correlation = excluded.correlation`

export const moveTimers = `
  UPDATE timer_due t
     SET due_at = m.due_at, schedule = m.schedule, occurrence = m.occurrence,
         cause = coalesce(m.cause, t.cause), correlation = coalesce(m.correlation, t.correlation)
    FROM json_populate_recordset(null::timer_due, $1) m WHERE m.timer = t.timer`

export const deleteTimers = `DELETE FROM timer_due WHERE timer = ANY ($1)`

/** Null until the view has been made. */
export const selectTimerDueExists = `SELECT to_regclass('view.timer_due') IS NOT NULL AS made`

/** A page of what is due by `$1`, from after (`$2`, `$3`) on. */
export const selectDue = `
  SELECT timer, due_at, schedule, occurrence, every, catch_up, cause, correlation
    FROM view.timer_due WHERE due_at <= $1 AND (due_at, timer) > ($2, $3) ORDER BY due_at, timer LIMIT $4`

export const selectNextDue = `SELECT min(due_at) AS due_at FROM view.timer_due WHERE due_at > $1`

const listed = `
  timer, name, due_at AS "dueAt", every, catch_up AS "catchUp", schedule, occurrence,
  json_build_object('kind', owner_kind, 'name', owner_name, 'id', owner_id) AS owner`

/** A page of what is pending, by due time; each of the filters may be null. */
export const selectTimers = `
  SELECT ${listed} FROM view.timer_due
   WHERE ($1::timestamptz IS NULL OR due_at <= $1) AND ($2::text IS NULL OR owner_name = $2)
     AND ($3::text IS NULL OR owner_id = $3) AND ($4::timestamptz IS NULL OR (due_at, timer) > ($4, $5::text))
   ORDER BY due_at, timer LIMIT $6`
