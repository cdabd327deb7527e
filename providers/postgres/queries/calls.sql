-- name: keep
-- The first session of a call stays its session.
INSERT INTO calls (call_id, session_id, playbook, outbound, caller, called)
VALUES (%(call_id)s, %(session_id)s, %(playbook)s, %(outbound)s, %(caller)s, %(called)s)
ON CONFLICT (tenant_id, call_id) DO NOTHING;

-- name: place
-- The session's row is locked first: of two who would place a call, the second sees what the first has done.
SELECT FROM sessions WHERE session_id = %(session_id)s FOR UPDATE;
INSERT INTO calls (call_id, session_id, playbook, outbound, caller, called, state)
SELECT %(session_id)s::text, %(session_id)s, %(playbook)s, true, %(caller)s, %(called)s, 'placing'
WHERE NOT EXISTS (SELECT FROM calls WHERE session_id = %(session_id)s)
RETURNING call_id;

-- name: connect
UPDATE calls SET call_id = %(call_id)s, state = CASE WHEN state IN ('placing', 'unknown') THEN 'queued' ELSE state END
WHERE call_id = %(session_id)s::text AND NOT EXISTS (SELECT FROM calls WHERE call_id = %(call_id)s);

-- name: stands
UPDATE calls SET state = %(state)s WHERE call_id = %(session_id)s::text AND state IN ('placing', 'unknown');

-- name: of_session
SELECT c.call_id, c.session_id, c.playbook, c.outbound, c.state, c.answered_by, c.seconds, c.opened_at, c.caller,
       c.called, s.status AS session_status
FROM calls c JOIN sessions s ON s.session_id = c.session_id WHERE c.session_id = %(session_id)s
ORDER BY c.opened_at DESC LIMIT 1;

-- name: load
SELECT c.call_id, c.session_id, c.playbook, c.outbound, c.state, c.answered_by, c.seconds, c.opened_at, c.caller,
       c.called, s.status AS session_status
FROM calls c JOIN sessions s ON s.session_id = c.session_id WHERE c.call_id = %(call_id)s;

-- name: progressed
-- The feed has no order: a call only ever goes on, and what is final stays.
UPDATE calls SET state = %(state)s, seconds = coalesce(%(seconds)s, seconds)
WHERE call_id = %(call_id)s AND NOT state = ANY(%(final)s::text[])
  AND array_position(%(order)s::text[], state) < array_position(%(order)s::text[], %(state)s)
RETURNING session_id;

-- name: answered
-- The first verdict holds.
UPDATE calls SET answered_by = %(answered_by)s WHERE call_id = %(call_id)s AND answered_by IS NULL RETURNING session_id;

-- name: use_token
-- Two at once: one of them inserts.
DELETE FROM used_tokens WHERE expires < now();
INSERT INTO used_tokens (digest, expires) VALUES (%(digest)s, %(expires)s) ON CONFLICT DO NOTHING RETURNING digest;
