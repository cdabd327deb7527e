"""The SQL of the saver. A checkpoint is one row, so one statement writes it and one reads it with its writes.

Its commit waits for no disk: a session's tables are the truth, and a checkpoint is a copy that can be made again.
"""

PUT = """
SET LOCAL synchronous_commit = off;
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_id, type, checkpoint, metadata)
VALUES (%(thread_id)s, %(ns)s, %(checkpoint_id)s, %(parent_id)s, %(type)s, %(checkpoint)s, %(metadata)s)
ON CONFLICT (tenant_id, thread_id, checkpoint_ns, checkpoint_id) DO UPDATE
SET checkpoint = excluded.checkpoint, metadata = excluded.metadata, type = excluded.type
"""

PUT_NEWEST = """
SET LOCAL synchronous_commit = off;
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_id, type, checkpoint, metadata)
SELECT %(thread_id)s, %(ns)s, %(checkpoint_id)s, %(parent_id)s, %(type)s, %(checkpoint)s, %(metadata)s
FROM sessions WHERE session_id = %(thread_id)s::uuid FOR KEY SHARE
ON CONFLICT (tenant_id, thread_id, checkpoint_ns, checkpoint_id) DO UPDATE
SET checkpoint = excluded.checkpoint, metadata = excluded.metadata, type = excluded.type;
DELETE FROM checkpoint_writes
WHERE thread_id = %(thread_id)s AND checkpoint_ns = %(ns)s AND checkpoint_id < %(checkpoint_id)s;
DELETE FROM checkpoints
WHERE thread_id = %(thread_id)s AND checkpoint_ns = %(ns)s AND checkpoint_id < %(checkpoint_id)s
"""
"""A thread of ours is a session: when that is erased, a run that is late leaves nothing of it behind."""

PUT_WRITES = """
SET LOCAL synchronous_commit = off;
INSERT INTO checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, task_path, channel, type, value)
SELECT %(thread_id)s, %(ns)s, %(checkpoint_id)s, %(task_id)s, w.idx, %(task_path)s, w.channel, w.type,
       convert_to(w.value, 'UTF8')
FROM jsonb_to_recordset(%(writes)s) AS w(idx integer, channel text, type text, value text)
"""
OF_A_SESSION = "WHERE EXISTS (SELECT FROM sessions WHERE session_id = %(thread_id)s::uuid FOR KEY SHARE)"
FIRST = "\nON CONFLICT (tenant_id, thread_id, checkpoint_ns, checkpoint_id, task_id, idx) DO NOTHING"
LAST = (
    "\nON CONFLICT (tenant_id, thread_id, checkpoint_ns, checkpoint_id, task_id, idx) "
    "DO UPDATE SET channel = excluded.channel, type = excluded.type, value = excluded.value"
)

SELECT = """
SELECT c.thread_id, c.checkpoint_ns, c.checkpoint_id, c.parent_id, c.type, c.checkpoint, c.metadata,
       (SELECT jsonb_agg(jsonb_build_array(w.task_id, w.channel, w.type, convert_from(w.value, 'UTF8'))
                         ORDER BY w.task_path, w.task_id, w.idx)
        FROM checkpoint_writes w
        WHERE w.thread_id = c.thread_id AND w.checkpoint_ns = c.checkpoint_ns
          AND w.checkpoint_id = c.checkpoint_id) AS writes
FROM checkpoints c
"""

GET = (
    SELECT
    + """
WHERE c.thread_id = %(thread_id)s AND c.checkpoint_ns = %(ns)s
  AND (%(checkpoint_id)s::text IS NULL OR c.checkpoint_id = %(checkpoint_id)s)
ORDER BY c.checkpoint_id DESC LIMIT 1
"""
)

LIST = (
    SELECT
    + """
WHERE (%(thread_id)s::text IS NULL OR c.thread_id = %(thread_id)s)
  AND (%(ns)s::text IS NULL OR c.checkpoint_ns = %(ns)s)
  AND (%(checkpoint_id)s::text IS NULL OR c.checkpoint_id = %(checkpoint_id)s)
  AND (%(before)s::text IS NULL OR c.checkpoint_id < %(before)s)
  AND c.metadata @> %(filter)s
ORDER BY c.checkpoint_id DESC LIMIT %(limit)s
"""
)

DELETE_THREAD = """
DELETE FROM checkpoint_writes WHERE thread_id = %(thread_id)s;
DELETE FROM checkpoints WHERE thread_id = %(thread_id)s
"""

DELETE_RUNS = """
DELETE FROM checkpoint_writes w USING checkpoints c
WHERE w.thread_id = c.thread_id AND w.checkpoint_ns = c.checkpoint_ns AND w.checkpoint_id = c.checkpoint_id
  AND c.metadata->>'run_id' = ANY(%(runs)s);
DELETE FROM checkpoints WHERE metadata->>'run_id' = ANY(%(runs)s)
"""

COPY_THREAD = """
INSERT INTO checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_id, type, checkpoint, metadata)
SELECT %(target)s, checkpoint_ns, checkpoint_id, parent_id, type, checkpoint, metadata
FROM checkpoints WHERE thread_id = %(source)s;
INSERT INTO checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, task_path, channel, type, value)
SELECT %(target)s, checkpoint_ns, checkpoint_id, task_id, idx, task_path, channel, type, value
FROM checkpoint_writes WHERE thread_id = %(source)s
"""

PRUNE = """
DELETE FROM checkpoint_writes w
WHERE w.thread_id = ANY(%(threads)s) AND w.checkpoint_id < (
    SELECT max(c.checkpoint_id) FROM checkpoints c
    WHERE c.thread_id = w.thread_id AND c.checkpoint_ns = w.checkpoint_ns);
DELETE FROM checkpoints c
WHERE c.thread_id = ANY(%(threads)s) AND c.checkpoint_id < (
    SELECT max(d.checkpoint_id) FROM checkpoints d
    WHERE d.thread_id = c.thread_id AND d.checkpoint_ns = c.checkpoint_ns)
"""
