-- name: expired_sessions
SELECT session_id FROM sessions WHERE status <> 'active' AND closed_at < %(before)s ORDER BY closed_at LIMIT %(limit)s;

-- name: forget_answers
WITH due AS (
    SELECT session_id, seq FROM turns WHERE finished_at < %(before)s AND answers <> '{}' LIMIT %(limit)s
)
UPDATE turns t SET answers = '{}' FROM due WHERE t.session_id = due.session_id AND t.seq = due.seq RETURNING t.seq;

-- name: forget_replay_answers
WITH due AS (
    SELECT replay_id, seq FROM replay_turns WHERE at < %(before)s AND answers <> '{}' LIMIT %(limit)s
)
UPDATE replay_turns t SET answers = '{}' FROM due WHERE t.replay_id = due.replay_id AND t.seq = due.seq RETURNING t.seq;

-- name: forget_deliveries
WITH due AS (
    SELECT entry_key FROM outbox WHERE status IN ('done', 'superseded') AND settled_at < %(before)s LIMIT %(limit)s
)
DELETE FROM outbox o USING due WHERE o.entry_key = due.entry_key RETURNING o.entry_key;
