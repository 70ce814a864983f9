export const selectTimersKnown = `SELECT to_regclass('view.timer_due') IS NOT NULL AS known`

export const selectLateTimers = `
  SELECT count(*)::int AS due, extract(epoch FROM clock_timestamp() - min(due_at))::float8 AS late
    FROM view.timer_due WHERE due_at <= clock_timestamp()`
