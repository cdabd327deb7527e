-- name: turns
SELECT seq, turn_id, role, speaker, accepted_at, raw_text, alternatives, cleaned_text, stt, answers, result, heard
FROM turns WHERE session_id = %(session_id)s AND done ORDER BY seq;

-- name: calls
SELECT c.seq, c.ordinal, c.call_id, c.name, c.effect, c.arguments, c.evidence, c.status, c.result, c.change, c.error,
       c.settled_seq, c.dataset_version, k.consent_id, k.mode, k.question, k.decided_by, k.decided_after, k.held_at,
       (SELECT coalesce(jsonb_agg(e.call_id), '[]') FROM tool_calls e
        WHERE e.session_id = c.session_id AND e.fork = '' AND e.ended_seq = c.settled_seq AND c.status = 'done') AS ends
FROM tool_calls c
LEFT JOIN consents k ON k.session_id = c.session_id AND k.seq = c.seq AND k.ordinal = c.ordinal
WHERE c.session_id = %(session_id)s AND c.fork = '' ORDER BY c.seq, c.ordinal;

-- name: patches
SELECT patch FROM dataset_versions WHERE session_id = %(session_id)s ORDER BY version;

-- name: create
-- The replay and, if it is to be made in the background, its job: both or neither.
WITH made AS (
    INSERT INTO replays (replay_id, session_id, from_seq, model, prompt_version, turns)
    SELECT %(replay_id)s, %(session_id)s, %(from_seq)s, %(model)s, %(prompt_version)s,
           (SELECT count(*) FROM turns t WHERE t.session_id = %(session_id)s AND t.done AND t.role = 'caller'
               AND t.seq >= %(from_seq)s)
    ON CONFLICT DO NOTHING
    RETURNING tenant_id, replay_id
), queued AS (
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
        'outbox', 'replay', -1, NULL, NULL,
        jsonb_build_object('tenant_id', tenant_id, 'replay_id', replay_id), NULL
    )::procrastinate_job_to_defer_v1)) FROM made WHERE %(queue)s HAVING count(*) > 0
)
SELECT (SELECT count(*) FROM made) AS made, (SELECT count(*) FROM queued) AS queued;

-- name: load
SELECT r.*, (SELECT coalesce(jsonb_agg(t.difference ORDER BY t.seq), '[]') FROM replay_turns t
             WHERE t.replay_id = r.replay_id AND t.difference IS NOT NULL) AS differences
FROM replays r WHERE r.replay_id = %(replay_id)s;

-- name: answers
SELECT answers FROM replay_turns WHERE replay_id = %(replay_id)s;

-- name: keep_answer
-- Nothing when the replay was erased: its row is held, so that it cannot go in between.
INSERT INTO replay_turns (replay_id, seq, turn_id, answers)
SELECT r.replay_id, %(seq)s, %(turn_id)s, %(answer)s FROM replays r WHERE r.replay_id = %(replay_id)s FOR KEY SHARE
ON CONFLICT (tenant_id, replay_id, seq) DO UPDATE SET answers = replay_turns.answers || excluded.answers;

-- name: keep_turn
-- The difference and the calls, which take the place of those of an interrupted run.
WITH replay AS (
    SELECT replay_id, session_id FROM replays WHERE replay_id = %(replay_id)s FOR KEY SHARE
), kept AS (
    INSERT INTO replay_turns (replay_id, seq, turn_id, difference)
    SELECT replay_id, %(seq)s, %(turn_id)s, %(difference)s FROM replay
    ON CONFLICT (tenant_id, replay_id, seq) DO UPDATE SET difference = excluded.difference, at = now()
), stale AS (
    DELETE FROM tool_calls c USING replay r
    WHERE c.session_id = r.session_id AND c.fork = r.replay_id::text AND c.seq = %(seq)s
      AND c.ordinal <> ALL (%(ordinals)s::integer[])
), ledger AS (
    INSERT INTO tool_calls (session_id, seq, ordinal, fork, call_id, name, effect, arguments, evidence, status, result,
                            change, error, settled_seq, dataset_version)
    SELECT r.session_id, c.seq, c.ordinal, r.replay_id::text, c.id, c.name, c.effect, c.arguments, c.evidence,
           c.status, c.result, c.change, c.error, %(seq)s, %(dataset_version)s
    FROM replay r, jsonb_to_recordset(%(calls)s) AS c(
        seq integer, ordinal integer, id uuid, name text, effect text, arguments jsonb, evidence text, status text,
        result jsonb, change jsonb, error text)
    ON CONFLICT (tenant_id, session_id, seq, ordinal, fork) DO UPDATE
    SET name = excluded.name, effect = excluded.effect, arguments = excluded.arguments, evidence = excluded.evidence,
        status = excluded.status, result = excluded.result, change = excluded.change, error = excluded.error,
        settled_seq = excluded.settled_seq, dataset_version = excluded.dataset_version
)
SELECT replay_id FROM replay;

-- name: set_status
UPDATE replays SET status = %(status)s, fault = %(fault)s,
                   finished_at = CASE WHEN %(status)s IN ('done', 'failed') THEN now() END
WHERE replay_id = %(replay_id)s AND status NOT IN ('done', 'failed');
