export const selectParkedStreams = `SELECT DISTINCT stream FROM roviec.parked WHERE name = $1 AND build = $2`

/** The count is kept beside the checkpoint, where every reader looks anyway. */
export const parkEvents = `
  INSERT INTO roviec.parked (name, build, stream, revision, event_id, type, position, code, message, attempts)
  SELECT $1, $2, e.* FROM json_to_recordset($3)
    AS e (stream text, revision bigint, event_id uuid, type text, position bigint, code text, message text, attempts integer)`

export const countParked = `
  UPDATE roviec.projection
     SET parked = (SELECT count(DISTINCT stream) FROM roviec.parked WHERE name = $1 AND build = $2)
   WHERE name = $1 AND build = $2`

export const selectParkedRevisions = `
  SELECT revision FROM roviec.parked WHERE name = $1 AND build = $2 AND stream = $3 ORDER BY revision`

export const deleteParked = `
  DELETE FROM roviec.parked WHERE name = $1 AND build = $2 AND stream = $3 AND revision <= $4`

/** The stream still stands: which event it is that cannot be applied now, and why. */
export const renewParked = `
  UPDATE roviec.parked
     SET attempts = attempts + 1, reason = coalesce($7, reason),
         code = CASE WHEN revision = $4 THEN $5 END, message = CASE WHEN revision = $4 THEN $6 END
   WHERE name = $1 AND build = $2 AND stream = $3`

/** Streams whose first parked event an operator has given up, and through which revision. */
export const selectDiscarded = `
  SELECT p.stream, max(d.last) AS last
    FROM (SELECT stream, min(revision) AS first FROM roviec.parked WHERE name = $1 AND build = $2 GROUP BY stream) p
    JOIN roviec.discarded d ON d.name = $1 AND d.stream = p.stream AND p.first BETWEEN d.first AND d.last
   GROUP BY p.stream`

/** What readers and operators are shown: of each parked stream the event that failed, and how many stand behind it. */
export const selectParked = `
  SELECT p.name, p.build, b.version, b.standing, p.stream, count(*)::int AS events, min(p.revision) AS "firstRevision",
         max(p.revision) AS "lastRevision",
         min(p.parked_at) AS "parkedAt", max(p.attempts) AS attempts, max(p.reason) AS reason,
         (array_agg(json_build_object('revision', p.revision::text, 'id', p.event_id, 'type', p.type,
            'position', p.position::text, 'code', p.code, 'message', p.message) ORDER BY p.revision)
            FILTER (WHERE p.code IS NOT NULL))[1] AS failed
    FROM roviec.parked p JOIN roviec.projection b USING (name, build)
   WHERE b.standing <> 'retired' AND ($1::text IS NULL OR p.name = $1) AND ($2::text IS NULL OR p.stream = $2)
   GROUP BY p.name, p.build, b.version, b.standing, p.stream
   ORDER BY p.name, p.build, min(p.position) LIMIT $3`

/** Every parked event of a stream, in order. */
export const selectParkedEvents = `
  SELECT build, revision, event_id AS id, type, position, code, message, attempts, parked_at AS "parkedAt", reason
    FROM roviec.parked WHERE name = $1 AND stream = $2 ORDER BY build, revision`
