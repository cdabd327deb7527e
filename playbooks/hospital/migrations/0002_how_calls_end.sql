-- How a call ended. `failed`: in its last turn the desk itself broke, so that the caller had no answer, or a tool did not
-- do its work. `abandoned`: the caller left without a word, or nobody spoke any more. `completed`: all others.
CREATE FUNCTION hospital_call_status(ended sessions) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN newest.result->>'reply' IS NULL AND newest.result->'degraded' <> '[]'
          OR newest.result->'degraded' ? 'update_dataset:failed'
          OR EXISTS (SELECT FROM tool_calls c
                     WHERE c.session_id = ended.session_id AND c.settled_seq = newest.seq AND c.status = 'failed')
            THEN 'failed'
        WHEN ended.status = 'abandoned' OR newest.seq IS NULL THEN 'abandoned'
        ELSE 'completed'
    END
    FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
        SELECT seq, result FROM turns WHERE session_id = ended.session_id AND role = 'caller' ORDER BY seq DESC LIMIT 1
    ) newest ON true
$$;

CREATE OR REPLACE FUNCTION hospital_call_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hospital_calls
    SET status = hospital_call_status(new),
        duration_seconds = greatest(0, extract(epoch FROM new.closed_at - started_at))::integer
    WHERE session_id = new.session_id;
    INSERT INTO outbox (entry_key, session_id, kind, lane, payload)
    SELECT new.session_id || '/end//calls_sheet', new.session_id, 'calls_sheet', 'hospital/calls_sheet',
           to_jsonb(c) - 'tenant_id'
    FROM hospital_calls c WHERE c.session_id = new.session_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
