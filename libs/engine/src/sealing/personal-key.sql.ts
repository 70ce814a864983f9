/**
 * One of the few things that the log cannot rebuild. The subject is the name of a stream, which holds nothing
 * personal. An erased key keeps its row: that a text was erased is told apart from a key that is missing. At most one
 * key of a subject is in use, whichever process was first.
 */
export const personalKeyMigration = {
  name: '0001-personal-key',
  sql: `
    CREATE TABLE roviec.personal_key (
      id uuid PRIMARY KEY,
      subject text NOT NULL,
      wrapped bytea,
      master text,
      created_at timestamptz NOT NULL DEFAULT now(),
      erased_at timestamptz,
      CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL) AND (master IS NULL) = (wrapped IS NULL))
    );
    CREATE UNIQUE INDEX ON roviec.personal_key (subject) WHERE erased_at IS NULL;
    CREATE TABLE roviec.master_key (
      fingerprint text PRIMARY KEY,
      adopted_at timestamptz NOT NULL DEFAULT now()
    )`,
}

/**
 * The keys in use of the subjects, new ones for those that have none. A key that another process makes at this very
 * moment is in neither half: ask again.
 */
export const takeKeys = `
  WITH made AS (
    INSERT INTO roviec.personal_key (id, subject, wrapped, master)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[])
        ON CONFLICT (subject) WHERE erased_at IS NULL DO NOTHING
    RETURNING id, subject, wrapped, master
  )
  SELECT id, subject, wrapped, master FROM made
  UNION ALL
  SELECT id, subject, wrapped, master FROM roviec.personal_key WHERE subject = ANY ($2) AND erased_at IS NULL`

export const selectInUse = `
  SELECT id, subject, wrapped, master FROM roviec.personal_key WHERE subject = $1 AND erased_at IS NULL`

export const selectById = `
  SELECT id, subject, wrapped, master FROM roviec.personal_key WHERE id = ANY ($1::uuid[])`

export const eraseKey = `
  UPDATE roviec.personal_key SET wrapped = NULL, master = NULL, erased_at = now()
   WHERE subject = $1 AND erased_at IS NULL RETURNING id`

/** Processes that start for the first time together adopt one after the other. */
export const lockMasterKeys = `LOCK TABLE roviec.master_key IN EXCLUSIVE MODE`

export const selectMasterKeys = `SELECT fingerprint FROM roviec.master_key ORDER BY adopted_at`

export const insertMasterKey = `
  INSERT INTO roviec.master_key (fingerprint) VALUES ($1) ON CONFLICT (fingerprint) DO NOTHING`
