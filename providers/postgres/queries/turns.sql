-- name: accept
-- Number the turn and keep it, unless the session is not active or the turn_id is taken.
WITH numbered AS (
    UPDATE sessions SET next_seq = next_seq + 1, last_activity = now()
    WHERE session_id = %(session_id)s AND status = 'active'
      AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s)
    RETURNING next_seq - 1 AS seq
)
INSERT INTO turns (session_id, seq, turn_id, speaker, role, digest, raw_text, audio, audio_type, stt, spoken_at,
                   heard)
SELECT %(session_id)s, seq, %(turn_id)s, %(speaker)s, %(role)s, %(digest)s, %(raw_text)s, %(audio)s, %(audio_type)s,
       %(stt)s, %(spoken_at)s, %(heard)s
FROM numbered
RETURNING seq, turn_id;

-- name: existing
-- Why a turn was not accepted: the session's status and, when the turn_id is known, that turn.
SELECT s.status, t.seq, t.turn_id, t.digest, t.done, t.result
FROM sessions s LEFT JOIN turns t ON t.session_id = s.session_id AND t.turn_id = %(turn_id)s
WHERE s.session_id = %(session_id)s;

-- name: claim
-- Take the pen if it is free, lost or ours; then read the first open caller turn with all that its run may read.
-- Statements of their own, so that the later ones see what the last holder of the pen committed: who waited for the end
-- of the last open turn gives the pen back that nobody needs. A lease need not survive the database server, so its
-- commit waits for no disk.
SET LOCAL synchronous_commit = off;
INSERT INTO session_leases (session_id, owner, until)
SELECT %(session_id)s, %(owner)s, now() + %(lease)s
WHERE EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND NOT done AND role = 'caller')
ON CONFLICT (tenant_id, session_id) DO UPDATE SET owner = excluded.owner, until = excluded.until
WHERE session_leases.owner = excluded.owner OR session_leases.until < now();
DELETE FROM session_leases
WHERE session_id = %(session_id)s AND owner = %(owner)s
  AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND NOT done AND role = 'caller');
SELECT o.*, s.tenant_id, s.playbook, s.channel, s.call_context, s.caller_phone, s.prompt_version, s.created_at, s.dataset,
       s.dataset_version,
       (SELECT coalesce(jsonb_agg(w ORDER BY w.seq), '[]') FROM (
           SELECT seq, role, speaker,
                  CASE role WHEN 'agent' THEN coalesce(heard, cleaned_text, raw_text)
                            ELSE coalesce(cleaned_text, raw_text) END AS text,
                  CASE role WHEN 'caller' THEN coalesce(heard, result->>'reply') END AS reply
           FROM turns
           WHERE session_id = s.session_id AND seq < o.seq AND done ORDER BY seq DESC LIMIT %(window)s) w) AS window,
       (SELECT coalesce(jsonb_agg(c ORDER BY c.seq, c.ordinal), '[]') FROM (
           SELECT seq, ordinal, name, arguments, status FROM tool_calls
           WHERE session_id = s.session_id AND seq < o.seq AND fork = '' ORDER BY seq DESC, ordinal DESC
           LIMIT %(window)s) c) AS recent_calls,
       (SELECT coalesce(jsonb_agg(h ORDER BY h.held_at), '[]') FROM (
           SELECT consent_id, seq, call, mode, question, held_at FROM consents
           WHERE session_id = s.session_id AND status = 'held' ORDER BY held_at DESC LIMIT %(window)s) h) AS held,
       (SELECT coalesce(jsonb_agg(d), '[]') FROM (
           SELECT call_id, name, arguments, result FROM tool_calls
           WHERE session_id = s.session_id AND effect = 'commit' AND status = 'done' AND fork = ''
             AND ended_seq IS NULL) d) AS standing,
       (SELECT coalesce(jsonb_agg(r ORDER BY r.seq, r.ordinal), '[]') FROM (
           SELECT seq, ordinal, call_id, name, arguments, evidence, status, result, error, dataset_version
           FROM tool_calls WHERE session_id = s.session_id AND settled_seq = o.seq AND fork = '') r) AS recorded
FROM sessions s
CROSS JOIN LATERAL (
    SELECT session_id, seq, turn_id, speaker, role, accepted_at, raw_text, alternatives, audio, audio_type, stt,
           cleaned_text, plan, answers, served
    FROM turns WHERE session_id = s.session_id AND NOT done AND role = 'caller' ORDER BY seq LIMIT 1) o
WHERE s.session_id = %(session_id)s
  AND EXISTS (SELECT FROM session_leases l WHERE l.session_id = s.session_id AND l.owner = %(owner)s AND l.until > now());

-- name: take_pen
-- Take the pen for something that is no turn: a person's decision, an erasure.
INSERT INTO session_leases (session_id, owner, until) VALUES (%(session_id)s, %(owner)s, now() + %(lease)s)
ON CONFLICT (tenant_id, session_id) DO UPDATE SET owner = excluded.owner, until = excluded.until
WHERE session_leases.owner = excluded.owner OR session_leases.until < now()
RETURNING until;

-- name: claim_audio
-- An agent's turn that came as sound waits for nobody and needs no pen: it changes nothing but its own row.
SELECT t.*, s.playbook, s.channel, s.call_context, s.caller_phone, s.prompt_version, s.created_at, s.dataset, s.dataset_version,
       '[]'::jsonb AS window, '[]'::jsonb AS recent_calls, '[]'::jsonb AS held,
       '[]'::jsonb AS standing, '[]'::jsonb AS recorded
FROM turns t JOIN sessions s ON s.session_id = t.session_id
WHERE t.session_id = %(session_id)s AND t.seq = %(seq)s AND t.role = 'agent' AND NOT t.done;

-- name: renew
UPDATE session_leases SET until = now() + %(lease)s
WHERE session_id = %(session_id)s AND owner = %(owner)s RETURNING until;

-- name: release
DELETE FROM session_leases WHERE session_id = %(session_id)s AND owner = %(owner)s;

-- name: waiting_turns
-- Open turns in no other's hand, oldest first.
SELECT t.session_id, t.seq, t.role FROM turns t
LEFT JOIN session_leases l ON l.session_id = t.session_id
WHERE NOT t.done AND (l.until IS NULL OR l.until < now() OR l.owner = %(owner)s)
  AND (t.role = 'caller' OR t.accepted_at < now() - interval '10 seconds')  -- an agent's is still being heard
ORDER BY t.accepted_at LIMIT 1000;

-- name: keep_words
-- Keep the transcript, unless a plan was made from another run's; the audio has done its work.
UPDATE turns SET raw_text = %(raw_text)s, alternatives = %(alternatives)s, stt = %(stt)s, audio = NULL,
                 cleaned_text = coalesce(%(cleaned_text)s, cleaned_text)
WHERE session_id = %(session_id)s AND seq = %(seq)s AND plan IS NULL AND NOT done;

-- name: keep_plan
-- The first plan wins, and with it the words it was made from; a turn that has ended without one plans nothing any more.
-- The commit waits for no disk: whatever is done by the plan commits later, and what commits later cannot survive a crash
-- that this does not.
SET LOCAL synchronous_commit = off;
UPDATE turns SET plan = %(plan)s, raw_text = %(raw_text)s, alternatives = %(alternatives)s, stt = %(stt)s, audio = NULL,
                 cleaned_text = coalesce(cleaned_text, %(cleaned_text)s), served = coalesce(served, %(served)s)
WHERE session_id = %(session_id)s AND seq = %(seq)s AND plan IS NULL AND NOT done;
SELECT coalesce(plan, '[]') AS plan FROM turns WHERE session_id = %(session_id)s AND seq = %(seq)s;

-- name: keep_answer
-- What a model answered, so that it is asked once. Whatever follows from it commits later.
SET LOCAL synchronous_commit = off;
UPDATE turns SET answers = answers || %(answer)s
WHERE session_id = %(session_id)s AND seq = %(seq)s AND NOT done;

-- name: finish
-- The result and the event that tells it, once; then the pen is free, which an agent's turn did not need.
WITH closed AS (
    UPDATE turns SET done = true, result = %(result)s, raw_text = %(raw_text)s, cleaned_text = %(cleaned_text)s,
                     stt = %(stt)s, audio = NULL, finished_at = now()
    WHERE session_id = %(session_id)s AND seq = %(seq)s AND NOT done
    RETURNING turn_id
), numbered AS (
    UPDATE sessions SET last_event = last_event + 1, last_activity = now()
    WHERE session_id = %(session_id)s AND EXISTS (SELECT FROM closed)
    RETURNING last_event
)
INSERT INTO events (session_id, n, type, turn_id, data)
SELECT %(session_id)s, last_event, 'turn_processed', %(turn_id)s, jsonb_build_object('seq', %(seq)s) FROM numbered;
DELETE FROM session_leases WHERE session_id = %(session_id)s AND owner = %(owner)s
  AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND seq = %(seq)s AND role = 'agent');

-- name: passthrough
-- An agent's words: number, row and event in one statement.
WITH numbered AS (
    UPDATE sessions SET next_seq = next_seq + 1, last_event = last_event + 1, last_activity = now()
    WHERE session_id = %(session_id)s AND status = 'active'
      AND NOT EXISTS (SELECT FROM turns WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s)
    RETURNING next_seq - 1 AS seq, last_event, dataset_version
), kept AS (
    INSERT INTO turns (session_id, seq, turn_id, speaker, role, digest, done, raw_text, cleaned_text, stt, spoken_at,
                       finished_at, heard, result)
    SELECT %(session_id)s, seq, %(turn_id)s, %(speaker)s, %(role)s, %(digest)s, true, %(raw_text)s, %(raw_text)s,
           %(stt)s, %(spoken_at)s, now(), %(heard)s,
           %(result)s::jsonb || jsonb_build_object('seq', seq, 'dataset_version', dataset_version)
    FROM numbered
    RETURNING seq, turn_id, result
), told AS (
    INSERT INTO events (session_id, n, type, turn_id, data)
    SELECT %(session_id)s, last_event, 'turn_processed', %(turn_id)s, jsonb_build_object('seq', seq) FROM numbered
)
SELECT seq, turn_id, result FROM kept;

-- name: one
SELECT seq, turn_id, result, done FROM turns WHERE session_id = %(session_id)s AND turn_id = %(turn_id)s;

-- name: page
SELECT seq, turn_id, speaker, role, done, raw_text, cleaned_text, stt, spoken_at, accepted_at, finished_at, heard,
       result
FROM turns WHERE session_id = %(session_id)s AND seq > %(after)s ORDER BY seq LIMIT %(limit)s;

-- name: earlier_texts
SELECT raw_text, cleaned_text, coalesce(heard, result->>'reply') AS reply FROM turns
WHERE session_id = %(session_id)s AND seq < %(before_seq)s ORDER BY seq;
