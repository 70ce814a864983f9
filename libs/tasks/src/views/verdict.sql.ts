/** Which due date a rate is computed against: the first one given, or the one in force after extensions. */
export type Basis = 'original' | 'extended'

/**
 * The verdict of a deliverable as SQL over `view.task_board_deliverable`, for lists and counts; the same rule as
 * `verdictOf`, which a test holds it against. `$1` is the as-of date; `deliverables` are other rows of the same columns.
 */
export function judged(basis: Basis, deliverables = 'view.task_board_deliverable'): string {
  const extended = basis === 'original' ? '' : 'due_extended, '
  return `
    SELECT d.*, due, done, CASE
             WHEN NOT done THEN 'open'
             WHEN due IS NULL OR evidence_on IS NULL THEN 'undeterminable'
             WHEN evidence_on <= due THEN 'on-time'
             ELSE 'late' END AS verdict,
           NOT done AND NOT withdrawn AND due < $1::date AS overdue
      FROM ${deliverables} d,
           LATERAL (SELECT coalesce(${extended}due_original, due_rule) AS due,
                           CASE WHEN evidence_on IS NOT NULL THEN evidence_on <= $1::date
                                WHEN has_evidence AND NOT completed THEN true
                                ELSE completed AND coalesce(accepted_on, '-infinity') <= $1::date END AS done) AS facts`
}

/** Narrows rows to what the actor may see; `parties` of a task hold the agencies it concerns. */
export function withinScope(scope: 'all' | readonly string[], parameter: number): string {
  return scope === 'all' ? 'true' : `parties && $${parameter}::text[]`
}
