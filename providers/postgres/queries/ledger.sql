-- name: entries
SELECT l.*, w.salt, w.question, w.quote FROM consent_ledger l
LEFT JOIN consent_words w ON w.session_id = l.session_id AND w.consent_id = l.consent_id AND w.verdict = l.verdict
WHERE (%(session_id)s::uuid IS NULL OR l.session_id = %(session_id)s::uuid)
  AND (l.session_id, l.n) > (%(after_session)s::uuid, %(after_n)s)
ORDER BY l.session_id, l.n LIMIT %(limit)s;

-- name: unproven
-- What was decided or held without an entry that says so.
SELECT k.session_id, k.consent_id, k.status FROM consents k
WHERE (%(session_id)s::uuid IS NULL OR k.session_id = %(session_id)s::uuid)
  AND NOT EXISTS (SELECT FROM consent_ledger l WHERE l.session_id = k.session_id AND l.consent_id = k.consent_id
                    AND l.verdict = k.status)
ORDER BY k.session_id, k.consent_id LIMIT 1000;

-- name: seals
SELECT n, at, heads, previous, hash FROM ledger_seals WHERE n > %(after)s ORDER BY n LIMIT %(limit)s;

-- name: moved_heads
-- The heads of chains that are not sealed as they stand.
SELECT DISTINCT ON (l.session_id) l.session_id, l.n, encode(l.hash, 'hex') AS hash FROM consent_ledger l
WHERE l.at >= coalesce((SELECT max(s.at) FROM ledger_seals s), '-infinity') - interval '1 minute'
ORDER BY l.session_id, l.n DESC;

-- name: last_seal
SELECT n, at, heads, previous, hash FROM ledger_seals ORDER BY n DESC LIMIT 1;

-- name: add_seal
INSERT INTO ledger_seals (n, at, heads, previous, hash)
VALUES (%(n)s, %(at)s, %(heads)s, %(previous)s, %(hash)s) ON CONFLICT DO NOTHING RETURNING n;
