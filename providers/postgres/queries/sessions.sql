-- name: create
-- A tenant's limit holds exactly: who opens one of the last sessions does it alone, once all others who open one have come
-- to an end and count. Nobody waits where every connection that the server takes could open one more.
SELECT CASE WHEN %(alone)s THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
FROM hashtextextended('sessions of ' || %(tenant_id)s, 0) AS key WHERE %(most)s::integer IS NOT NULL;
WITH opened AS (
    INSERT INTO sessions (session_id, playbook, channel, call_context, caller_phone, prompt_version, profile, digest,
                          first_dataset, dataset, last_event, created_at)
    SELECT %(session_id)s, %(playbook)s, %(channel)s, %(call_context)s, %(caller_phone)s, %(prompt_version)s, %(profile)s,
           %(digest)s, %(dataset)s, %(dataset)s, 1, %(created_at)s
    WHERE %(most)s::integer IS NULL OR %(most)s::integer >=
          (SELECT count(*) FROM (SELECT FROM sessions WHERE status = 'active' LIMIT %(most)s) AS counted)
          + CASE WHEN %(alone)s THEN 1 ELSE current_setting('max_connections')::integer END
    ON CONFLICT (tenant_id, session_id) DO NOTHING
    RETURNING session_id
), told AS (
    INSERT INTO events (session_id, n, type, data)
    SELECT session_id, 1, 'session_created', %(event)s FROM opened
)
SELECT session_id, set_config('app.moved', 'yes', true) FROM opened;

-- name: load
SELECT s.*, (SELECT count(*) FROM turns t WHERE t.session_id = s.session_id) AS turns,
       (SELECT count(*) FROM tool_calls c WHERE c.session_id = s.session_id AND c.fork = '') AS tool_calls
FROM sessions s WHERE s.session_id = %(session_id)s;

-- name: page
SELECT s.*, (SELECT count(*) FROM turns t WHERE t.session_id = s.session_id) AS turns,
       (SELECT count(*) FROM tool_calls c WHERE c.session_id = s.session_id AND c.fork = '') AS tool_calls
FROM sessions s
WHERE (%(status)s::text IS NULL OR status = %(status)s) AND (%(playbook)s::text IS NULL OR playbook = %(playbook)s)
  AND (%(created_before)s::timestamptz IS NULL
       OR (created_at, session_id) < (%(created_before)s::timestamptz, %(id_before)s::uuid))
ORDER BY created_at DESC, session_id DESC LIMIT %(limit)s;

-- name: close
-- Nothing is closed over the head of an open turn: its events come before the last one. The row is locked first, so
-- that the second statement sees every turn that was accepted before.
SELECT FROM sessions WHERE session_id = %(session_id)s FOR UPDATE;
WITH ended AS (
    UPDATE sessions SET status = %(status)s, closed_at = now(), last_event = last_event + 1
    WHERE session_id = %(session_id)s AND status = 'active'
      AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND NOT done)
    RETURNING last_event
)
INSERT INTO events (session_id, n, type, data)
SELECT %(session_id)s, last_event, 'session_closed', jsonb_build_object('status', %(status)s) FROM ended;

-- name: abandon
SELECT FROM sessions WHERE session_id = %(session_id)s FOR UPDATE;
WITH ended AS (
    UPDATE sessions SET status = 'abandoned', closed_at = now(), last_event = last_event + 1
    WHERE session_id = %(session_id)s AND status = 'active' AND last_activity < %(before)s
      AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND NOT done)
    RETURNING last_event
)
INSERT INTO events (session_id, n, type, data)
SELECT %(session_id)s, last_event, 'session_closed', jsonb_build_object('status', 'abandoned') FROM ended
RETURNING n;

-- name: idle
SELECT session_id FROM sessions s
WHERE status = 'active' AND last_activity < %(before)s AND (%(playbook)s::text IS NULL OR playbook = %(playbook)s)
  AND NOT EXISTS (SELECT FROM turns t WHERE t.session_id = s.session_id AND NOT t.done)
ORDER BY last_activity LIMIT 1000;

-- name: erase
-- The row is locked first, so that whoever writes for the session waits, and then finds it gone.
SELECT FROM sessions WHERE session_id = %(session_id)s FOR UPDATE;
DELETE FROM checkpoint_writes WHERE thread_id = %(session_id)s::text;
DELETE FROM checkpoints WHERE thread_id = %(session_id)s::text;
DELETE FROM session_leases WHERE session_id = %(session_id)s;
DELETE FROM sessions WHERE session_id = %(session_id)s RETURNING session_id;

-- name: tenants
SELECT tenant_id FROM tenants ORDER BY tenant_id;

-- name: add_tenant
INSERT INTO tenants (tenant_id) VALUES (%(tenant_id)s) ON CONFLICT DO NOTHING;

-- name: add_key
INSERT INTO api_keys (key_id, digest, role) VALUES (%(key_id)s, %(digest)s, %(role)s)
ON CONFLICT (tenant_id, key_id) DO NOTHING RETURNING key_id;

-- name: find_key
SELECT tenant_id, key_id, digest, role, created_at FROM api_keys
WHERE key_id = %(key_id)s AND revoked_at IS NULL;

-- name: revoke_key
UPDATE api_keys SET revoked_at = now() WHERE key_id = %(key_id)s AND revoked_at IS NULL RETURNING key_id;
