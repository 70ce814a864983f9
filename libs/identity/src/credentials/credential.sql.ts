/** One of the few tables that the log cannot rebuild: a secret's hash must not stand in a log that many may read. */
export const credentialMigration = {
  name: '0001-api-credential',
  sql: `
    CREATE TABLE roviec.api_credential (
      key_id uuid PRIMARY KEY,
      actor text NOT NULL,
      secret_hash bytea NOT NULL,
      issued_at timestamptz NOT NULL DEFAULT now()
    )`,
}

export const insertCredential = `
  INSERT INTO roviec.api_credential (key_id, actor, secret_hash) VALUES ($1, $2, $3)`

export const selectCredential = `
  SELECT actor, secret_hash FROM roviec.api_credential WHERE key_id = $1`
