-- name: keep
-- The first session of a call stays its session.
INSERT INTO calls (call_id, session_id, playbook, outbound, caller, called)
VALUES (%(call_id)s, %(session_id)s, %(playbook)s, %(outbound)s, %(caller)s, %(called)s)
ON CONFLICT (tenant_id, call_id) DO NOTHING;

-- name: load
SELECT c.call_id, c.session_id, c.playbook, c.outbound, c.state, c.answered_by, c.seconds, s.status AS session_status
FROM calls c JOIN sessions s ON s.session_id = c.session_id WHERE c.call_id = %(call_id)s;

-- name: progressed
-- The feed has no order: a call only ever goes on, and what is final stays.
UPDATE calls SET state = %(state)s, seconds = coalesce(%(seconds)s, seconds)
WHERE call_id = %(call_id)s
  AND array_position(%(order)s::text[], state) < array_position(%(order)s::text[], %(state)s)
RETURNING session_id;

-- name: answered
UPDATE calls SET answered_by = %(answered_by)s WHERE call_id = %(call_id)s RETURNING session_id;

-- name: use_token
-- Two at once: one of them inserts.
DELETE FROM used_tokens WHERE expires < now();
INSERT INTO used_tokens (digest, expires) VALUES (%(digest)s, %(expires)s) ON CONFLICT DO NOTHING RETURNING digest;
