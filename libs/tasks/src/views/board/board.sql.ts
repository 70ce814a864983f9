/**
 * The board's tables. A task is kept as the workflow's own fold (`state`), so the view can never disagree with the
 * workflow; the columns beside it are what lists filter, sort and count by. Deliverables have rows of their own,
 * since deadlines, evidence and verdicts are theirs.
 */
export const createBoard = `
  CREATE TABLE task_board_plan (
    code text PRIMARY KEY,
    state json NOT NULL
  );
  CREATE TABLE task_board_task (
    code text PRIMARY KEY,
    plan text NOT NULL,
    section text NOT NULL,
    section_order integer NOT NULL,
    stt_order integer NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    lead_name text NOT NULL,
    parties text[] NOT NULL,
    search text NOT NULL,
    revision bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    state json NOT NULL
  );
  CREATE INDEX ON task_board_task (plan, section_order, stt_order, code);
  CREATE INDEX ON task_board_task (updated_at, code);
  CREATE TABLE task_board_deliverable (
    task text NOT NULL,
    id text NOT NULL,
    plan text NOT NULL,
    section text NOT NULL,
    lead_keys text[] NOT NULL,
    lead_names text[] NOT NULL,
    due_original date,
    due_extended date,
    due_rule date,
    completed boolean NOT NULL,
    has_evidence boolean NOT NULL,
    evidence_on date,
    accepted_on date,
    withdrawn boolean NOT NULL,
    explained boolean NOT NULL,
    PRIMARY KEY (task, id)
  );
  CREATE INDEX ON task_board_deliverable (plan)`

export const selectTaskStates = `
  SELECT code AS id, state FROM task_board_task WHERE code = ANY ($1)`

export const selectPlanStates = `
  SELECT code AS id, state FROM task_board_plan WHERE code = ANY ($1)`

export const upsertPlans = `
  INSERT INTO task_board_plan
  SELECT * FROM json_populate_recordset(null::task_board_plan, $1)
  ON CONFLICT (code) DO UPDATE SET state = excluded.state`

export const upsertTasks = `
  INSERT INTO task_board_task
  SELECT * FROM json_populate_recordset(null::task_board_task, $1)
  ON CONFLICT (code) DO UPDATE SET
    plan = excluded.plan, section = excluded.section, section_order = excluded.section_order,
    stt_order = excluded.stt_order, title = excluded.title, status = excluded.status,
    lead_name = excluded.lead_name, parties = excluded.parties, search = excluded.search,
    revision = excluded.revision, updated_at = excluded.updated_at, state = excluded.state`

export const deleteDeliverables = `DELETE FROM task_board_deliverable WHERE task = ANY ($1)`

export const upsertDeliverables = `
  INSERT INTO task_board_deliverable
  SELECT * FROM json_populate_recordset(null::task_board_deliverable, $1)
  ON CONFLICT (task, id) DO UPDATE SET
    plan = excluded.plan, section = excluded.section, lead_keys = excluded.lead_keys,
    lead_names = excluded.lead_names, due_original = excluded.due_original,
    due_extended = excluded.due_extended, due_rule = excluded.due_rule,
    has_evidence = excluded.has_evidence, completed = excluded.completed, evidence_on = excluded.evidence_on,
    accepted_on = excluded.accepted_on, withdrawn = excluded.withdrawn, explained = excluded.explained`
