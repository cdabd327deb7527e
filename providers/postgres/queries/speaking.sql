-- name: started
-- Tell once that a turn's words are being said. The turn's row is locked first, as at its end: of two who tell it, the
-- second sees that it is told.
SELECT FROM turns WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s FOR UPDATE;
WITH spoken AS (
    SELECT seq FROM turns t WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s AND heard IS NOT NULL
      AND NOT EXISTS (SELECT FROM events e WHERE e.session_id = t.session_id AND e.type = 'reply_started'
                      AND e.turn_id = t.turn_id)
), numbered AS (
    UPDATE sessions SET last_event = last_event + 1, last_activity = now()
    WHERE session_id = %(session_id)s AND status = 'active' AND EXISTS (SELECT FROM spoken)
    RETURNING last_event
)
INSERT INTO events (session_id, n, type, turn_id, data)
SELECT %(session_id)s, last_event, 'reply_started', %(turn_id)s, jsonb_build_object('seq', seq) FROM numbered, spoken;

-- name: heard
-- What has been heard so far. One process speaks on a line, so no write overtakes another.
UPDATE turns SET heard = %(heard)s
WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s AND heard IS NOT NULL;

-- name: finished
-- What was heard in the end, and, once, the event that tells it, under the same lock.
SELECT FROM turns WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s FOR UPDATE;
WITH spoken AS (
    UPDATE turns t SET heard = %(heard)s
    WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s AND heard IS NOT NULL
    RETURNING seq, EXISTS (SELECT FROM events e WHERE e.session_id = t.session_id AND e.type = 'reply_finished'
                           AND e.turn_id = t.turn_id) AS told
), numbered AS (
    UPDATE sessions SET last_event = last_event + 1, last_activity = now()
    WHERE session_id = %(session_id)s AND status = 'active' AND EXISTS (SELECT FROM spoken WHERE NOT told)
    RETURNING last_event
)
INSERT INTO events (session_id, n, type, turn_id, data)
SELECT %(session_id)s, last_event, 'reply_finished', %(turn_id)s,
       jsonb_build_object('seq', seq, 'interrupted', %(interrupted)s::boolean)
FROM numbered, spoken;

-- name: unheard
-- Turns whose words were not heard to the end: where a call that lost its line goes on.
SELECT seq, turn_id, role, heard, CASE role WHEN 'agent' THEN raw_text ELSE result->>'reply' END AS said FROM turns t
WHERE session_id = %(session_id)s AND heard IS NOT NULL AND done
  AND NOT EXISTS (SELECT FROM events e WHERE e.session_id = t.session_id AND e.type = 'reply_finished'
                  AND e.turn_id = t.turn_id)
ORDER BY seq DESC LIMIT 1;
