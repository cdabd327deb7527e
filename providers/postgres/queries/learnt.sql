-- name: keep_learnt
-- What an open turn changed, or a person's decision, as one: nothing at all when an earlier run of the turn has recorded
-- its calls, when the dataset has moved on, or when the session has ended. A held call gets its decision under the key of
-- the turn that proposed it. The session's row is locked first, so that the second statement sees what another run of the
-- same turn has committed.
SELECT FROM sessions WHERE session_id = %(session_id)s FOR UPDATE;
WITH moved AS (
    UPDATE sessions SET dataset = %(dataset)s, dataset_version = %(version)s, last_event = last_event + %(told)s
    WHERE session_id = %(session_id)s AND status = 'active' AND dataset_version = %(from_version)s
      AND (%(settled_seq)s < 0
           OR EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND seq = %(settled_seq)s AND NOT done))
      AND NOT EXISTS (
          SELECT FROM tool_calls c WHERE c.session_id = %(session_id)s AND c.settled_seq = %(settled_seq)s AND c.fork = '')
      AND NOT EXISTS (  -- somebody else has decided a held call meanwhile
          SELECT FROM jsonb_to_recordset(%(verdicts)s) AS v(consent_id uuid)
          JOIN consents k ON k.session_id = %(session_id)s AND k.consent_id = v.consent_id AND k.status <> 'held')
    RETURNING last_event - %(told)s AS before
), ledger AS (
    INSERT INTO tool_calls (session_id, seq, ordinal, call_id, name, effect, arguments, evidence, status, result,
                            change, error, settled_seq, dataset_version)
    SELECT %(session_id)s, c.seq, c.ordinal, c.id, c.name, c.effect, c.arguments, c.evidence, c.status, c.result,
           c.change, c.error, %(settled_seq)s, %(version)s
    FROM moved, jsonb_to_recordset(%(calls)s) AS c(
        seq integer, ordinal integer, id uuid, name text, effect text, arguments jsonb, evidence text, status text, result jsonb,
        change jsonb, error text)
    ON CONFLICT (tenant_id, session_id, seq, ordinal, fork) DO UPDATE
    SET status = excluded.status, result = excluded.result, change = excluded.change, error = excluded.error,
        settled_seq = excluded.settled_seq, dataset_version = excluded.dataset_version, at = now()
    WHERE tool_calls.status = 'held'
), versioned AS (
    INSERT INTO dataset_versions (session_id, version, seq, turn_id, patch, provenance)
    SELECT %(session_id)s, %(version)s, %(seq)s, %(turn_id)s, %(patch)s, %(provenance)s
    FROM moved WHERE %(version)s > %(from_version)s
), decided AS (
    INSERT INTO consents (consent_id, session_id, seq, ordinal, call, mode, question, status, quote, decided_by,
                          decided_seq, decided_at, decided_after)
    SELECT v.consent_id, %(session_id)s, v.seq, v.ordinal, v.call, v.mode, v.question, v.status, v.quote,
           v.decided_by, CASE WHEN v.status <> 'held' THEN %(seq)s END, CASE WHEN v.status <> 'held' THEN now() END,
           NULL
    FROM moved, jsonb_to_recordset(%(verdicts)s) AS v(
        consent_id uuid, seq integer, ordinal integer, call jsonb, mode text, question text, status text, quote text,
        decided_by text)
    ON CONFLICT (tenant_id, consent_id) DO UPDATE
    SET status = excluded.status, quote = excluded.quote, decided_by = excluded.decided_by,
        decided_seq = excluded.decided_seq, decided_at = excluded.decided_at,
        decided_after = CASE WHEN %(settled_seq)s < 0 THEN (
            SELECT max(t.seq) FROM turns t WHERE t.session_id = %(session_id)s AND t.done AND t.role = 'caller') END
    WHERE consents.status = 'held'
), proven AS (
    INSERT INTO consent_ledger (session_id, consent_id, tool, verdict, asking_seq, answering_seq, decided_by,
                                words_digest)
    SELECT %(session_id)s, p.consent_id, p.tool, p.verdict, p.asking_seq,
           CASE WHEN p.verdict <> 'held' AND %(settled_seq)s > 0 THEN %(settled_seq)s END, p.decided_by,
           decode(p.words_digest, 'hex')
    FROM moved, jsonb_to_recordset(%(entries)s) AS p(
        consent_id uuid, tool text, verdict text, asking_seq integer, decided_by text, words_digest text)
), quoted AS (
    INSERT INTO consent_words (session_id, consent_id, verdict, salt, question, quote)
    SELECT %(session_id)s, q.consent_id, q.verdict, decode(q.salt, 'hex'), q.question, q.quote
    FROM moved, jsonb_to_recordset(%(entries)s) AS q(
        consent_id uuid, verdict text, salt text, question text, quote text)
), ended AS (
    UPDATE tool_calls SET ended_seq = %(settled_seq)s FROM moved
    WHERE session_id = %(session_id)s AND call_id = ANY(%(ended)s::uuid[]) AND ended_seq IS NULL
), posted AS (
    INSERT INTO outbox (entry_key, session_id, kind, lane, payload)
    SELECT o.entry_key, %(session_id)s, o.kind, o.lane, o.payload
    FROM moved, jsonb_to_recordset(%(posts)s) AS o(entry_key text, kind text, lane text, payload jsonb)
    ON CONFLICT DO NOTHING
), overruled AS (  -- what is being sent at this moment is marked, and settled by who sends it
    UPDATE outbox o SET superseded = true,
                        status = CASE o.status WHEN 'claimed' THEN 'claimed' ELSE 'superseded' END,
                        settled_at = CASE o.status WHEN 'claimed' THEN NULL ELSE now() END
    FROM moved, jsonb_to_recordset(%(posts)s) AS p(lane text, supersedes boolean)
    WHERE p.supersedes AND o.lane = p.lane AND o.status IN ('intended', 'claimed', 'unknown', 'dead')
), told AS (
    INSERT INTO events (session_id, n, type, turn_id, data)
    SELECT %(session_id)s, before + e.place, e.type, %(turn_id)s, e.data
    FROM moved, ROWS FROM (jsonb_to_recordset(%(events)s) AS (type text, data jsonb)) WITH ORDINALITY AS e(type, data, place)
)
SELECT before, set_config('app.moved', 'yes', true) FROM moved;

-- name: unless_moved
-- Ends the transaction that changed nothing, so that what follows in it does not happen either.
DO $$ BEGIN
    IF current_setting('app.moved', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'nothing was changed' USING ERRCODE = 'PY001';
    END IF;
END $$;

-- name: held
SELECT consent_id, seq, ordinal, call, mode, question, status, held_at FROM consents
WHERE session_id = %(session_id)s AND status = 'held' ORDER BY held_at;

-- name: consent
-- One held or decided call, the turn that proposed it, and what became of it.
SELECT k.consent_id, k.call, k.mode, k.question, k.status, k.decided_by, k.decided_at, t.turn_id,
       t.cleaned_text, c.status AS call_status, c.result, c.error, c.dataset_version,
       (SELECT coalesce(jsonb_agg(d), '[]') FROM (
           SELECT call_id, name, arguments, result FROM tool_calls
           WHERE session_id = k.session_id AND effect = 'commit' AND status = 'done' AND fork = ''
             AND ended_seq IS NULL) d) AS standing
FROM consents k
JOIN turns t ON t.session_id = k.session_id AND t.seq = k.seq
JOIN tool_calls c ON c.session_id = k.session_id AND c.seq = k.seq AND c.ordinal = k.ordinal AND c.fork = ''
WHERE k.session_id = %(session_id)s AND k.consent_id = %(consent_id)s;

-- name: tool_calls
SELECT row_number() OVER (ORDER BY seq, ordinal) AS place, seq, ordinal, call_id, name, arguments, evidence, status,
       result, error, settled_seq, dataset_version, at
FROM tool_calls WHERE session_id = %(session_id)s AND fork = ''
ORDER BY seq, ordinal OFFSET %(after)s LIMIT %(limit)s;

-- name: versions
SELECT version, seq, turn_id, patch, provenance, at FROM dataset_versions
WHERE session_id = %(session_id)s AND version > %(after)s AND version <= %(until)s ORDER BY version LIMIT %(limit)s;

-- name: events
-- Events with what they point at: a turn's result, a call, a patch. Rendered here, stored nowhere twice.
SELECT e.n, e.type, e.turn_id, e.at, e.data,
       CASE WHEN e.type = 'turn_processed' THEN t.result END AS result, t.heard,
       c.name, c.arguments, c.status, c.result AS answer, c.at AS called_at, c.dataset_version AS call_version,
       v.patch, v.version, k.call AS held_call, k.mode, k.question, k.quote
FROM events e
LEFT JOIN turns t ON t.session_id = e.session_id AND e.type IN ('turn_processed', 'reply_finished')
     AND t.seq = (e.data->>'seq')::integer
LEFT JOIN tool_calls c ON c.session_id = e.session_id AND c.fork = '' AND e.type = 'function_called'
     AND c.seq = (e.data->>'seq')::integer AND c.ordinal = (e.data->>'ordinal')::integer
LEFT JOIN dataset_versions v ON v.session_id = e.session_id AND e.type = 'dataset_updated'
     AND v.version = (e.data->>'version')::integer
LEFT JOIN consents k ON k.session_id = e.session_id AND e.type LIKE 'consent_%%'
     AND k.consent_id = (e.data->>'consent_id')::uuid
WHERE e.session_id = %(session_id)s AND e.n > %(after)s ORDER BY e.n LIMIT %(limit)s;
