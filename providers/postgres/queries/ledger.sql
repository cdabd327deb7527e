-- name: entries
SELECT l.*, w.salt, w.question, w.quote,
       EXISTS (SELECT FROM sessions s WHERE s.session_id = l.session_id) AS kept
FROM (
    SELECT tenant_id, session_id, n, consent_id, tool, verdict, asking_seq, answering_seq, decided_by, words_digest,
           previous, hash,  -- a time that nobody can have written is as good as any that is wrong
           CASE WHEN at BETWEEN '1970-01-01' AND '9999-12-30' THEN at ELSE 'epoch' END AS at
    FROM consent_ledger
    WHERE (%(session_id)s::uuid IS NULL OR session_id = %(session_id)s::uuid)
      AND (session_id, n) > (%(after_session)s::uuid, %(after_n)s)
    ORDER BY session_id, n LIMIT %(limit)s) l
LEFT JOIN consent_words w ON w.session_id = l.session_id AND w.consent_id = l.consent_id AND w.verdict = l.verdict
ORDER BY l.session_id, l.n;

-- name: disagreements
-- What was decided or held without an entry that says so; entries about what their session does not know; calls that
-- went on from the gate without an entry that granted it.
SELECT 'unproven' AS kind, k.session_id, k.consent_id, k.status AS said FROM consents k
WHERE (%(session_id)s::uuid IS NULL OR k.session_id = %(session_id)s::uuid)
  AND NOT EXISTS (SELECT FROM consent_ledger l WHERE l.session_id = k.session_id AND l.consent_id = k.consent_id
                    AND l.verdict = k.status)
UNION ALL
SELECT 'unknown', l.session_id, l.consent_id, l.verdict FROM consent_ledger l JOIN sessions s USING (session_id)
WHERE (%(session_id)s::uuid IS NULL OR l.session_id = %(session_id)s::uuid)
  AND NOT EXISTS (SELECT FROM consents k WHERE k.session_id = l.session_id AND k.consent_id = l.consent_id
                    AND l.verdict IN ('held', k.status))
UNION ALL
SELECT 'ungranted', k.session_id, k.consent_id, c.status FROM consents k
JOIN tool_calls c ON c.session_id = k.session_id AND c.seq = k.seq AND c.ordinal = k.ordinal AND c.fork = ''
WHERE (%(session_id)s::uuid IS NULL OR k.session_id = %(session_id)s::uuid) AND c.status NOT IN ('held', 'refused')
  AND NOT EXISTS (SELECT FROM consent_ledger l WHERE l.session_id = k.session_id AND l.consent_id = k.consent_id
                    AND l.verdict = 'granted')
LIMIT %(limit)s;

-- name: seals
SELECT n, CASE WHEN at BETWEEN '1970-01-01' AND '9999-12-30' THEN at ELSE 'epoch' END AS at, heads, previous, hash
FROM ledger_seals WHERE n > %(after)s ORDER BY n LIMIT %(limit)s;

-- name: hashes
SELECT l.session_id, encode(l.hash, 'hex') AS hash FROM consent_ledger l
JOIN unnest(%(sessions)s::uuid[], %(numbers)s::integer[]) AS h(session_id, n) ON l.session_id = h.session_id AND l.n = h.n;

-- name: moved_heads
-- An entry may commit a while after the moment it is dated by, and so may a seal; no transaction lasts an hour.
WITH newest AS (
    SELECT coalesce(max(at) FILTER (WHERE at <= now() + interval '1 day'), '-infinity') AS at FROM ledger_seals
), bound AS (
    SELECT h.key, h.value FROM ledger_seals s, newest,
           jsonb_each(CASE jsonb_typeof(s.heads) WHEN 'object' THEN s.heads ELSE '{}' END) h
    WHERE s.at >= newest.at - interval '2 hours'
), heads AS (
    SELECT DISTINCT ON (l.session_id) l.session_id, l.n, encode(l.hash, 'hex') AS hash FROM consent_ledger l, newest
    WHERE l.at >= newest.at - interval '1 hour' ORDER BY l.session_id, l.n DESC
)
SELECT session_id, n, hash FROM heads
WHERE NOT EXISTS (SELECT FROM bound WHERE key = session_id::text AND value = jsonb_build_array(n, hash));

-- name: now
SELECT date_trunc('milliseconds', now()) AS at;

-- name: last_seal
SELECT n, CASE WHEN at BETWEEN '1970-01-01' AND '9999-12-30' THEN at ELSE 'epoch' END AS at, heads, previous, hash
FROM ledger_seals ORDER BY n DESC LIMIT 1;

-- name: add_seal
INSERT INTO ledger_seals (n, at, heads, previous, hash)
VALUES (%(n)s, %(at)s, %(heads)s, %(previous)s, %(hash)s) ON CONFLICT DO NOTHING RETURNING n;
