-- name: claim
-- Commit that the first open entry of a lane is about to be sent, if it is due. One that another worker claimed and
-- never settled is taken after its lease; if it was superseded meanwhile, nobody finishes what the worker began.
UPDATE outbox SET status = 'superseded', settled_at = now()
WHERE lane = %(lane)s AND status = 'claimed' AND superseded AND claimed_at + %(lease)s < now();
WITH head AS (
    SELECT entry_key, status, next_at, claimed_at + %(lease)s AS until FROM outbox
    WHERE lane = %(lane)s AND status IN ('intended', 'claimed')
    ORDER BY event_n, created_at, entry_key LIMIT 1 FOR UPDATE
), taken AS (
    UPDATE outbox o SET status = 'claimed', attempts = o.attempts + 1, claimed_at = now()
    FROM head h WHERE o.entry_key = h.entry_key
      AND CASE h.status WHEN 'claimed' THEN h.until < now() ELSE coalesce(h.next_at <= now(), true) END
    RETURNING o.*
)
SELECT h.status AS seen, h.until, t.* FROM head h LEFT JOIN taken t ON t.entry_key = h.entry_key;

-- name: settle
-- What did not arrive, and was superseded while it was tried, is not tried again.
WITH outcome AS (
    SELECT entry_key, CASE WHEN superseded AND %(status)s <> 'done' THEN 'superseded' ELSE %(status)s END AS status
    FROM outbox WHERE entry_key = %(key)s AND status = 'claimed' AND attempts = %(attempts)s FOR UPDATE
)
UPDATE outbox o SET status = s.status, fault = %(fault)s, receipt = %(proof)s, next_at = %(next_at)s,
                    settled_at = CASE WHEN s.status <> 'intended' THEN now() END
FROM outcome s WHERE o.entry_key = s.entry_key;

-- name: sweep
-- A job for every lane that should have moved a while ago: its own was lost with a worker, or broke.
SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
    'outbox', 'deliver', 0, NULL, NULL, jsonb_build_object('tenant_id', l.tenant_id, 'lane', l.lane), NULL
)::procrastinate_job_to_defer_v1))
FROM (
    SELECT DISTINCT ON (lane) tenant_id, lane,
           greatest(created_at, coalesce(next_at, created_at), coalesce(claimed_at, created_at)) AS due
    FROM outbox WHERE status IN ('intended', 'claimed') ORDER BY lane, event_n, created_at, entry_key
) l WHERE l.due < now() - %(after)s::interval HAVING count(*) > 0;

-- name: revive
-- Dead and unknown entries are intended again, with a job for each of their lanes.
WITH revived AS (
    UPDATE outbox SET status = 'intended', attempts = 0, fault = NULL, next_at = NULL, settled_at = NULL
    WHERE CASE WHEN %(keys)s::text[] IS NULL THEN status = 'dead'
               ELSE entry_key = ANY(%(keys)s::text[]) AND status IN ('dead', 'unknown') END
    RETURNING tenant_id, entry_key, lane
), queued AS (
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW(
        'outbox', 'deliver', 0, NULL, NULL, jsonb_build_object('tenant_id', l.tenant_id, 'lane', l.lane), NULL
    )::procrastinate_job_to_defer_v1)) FROM (SELECT DISTINCT tenant_id, lane FROM revived) l HAVING count(*) > 0
)
SELECT entry_key FROM revived, (SELECT count(*) FROM queued) q ORDER BY entry_key;

-- name: page
SELECT * FROM outbox
WHERE CASE WHEN %(status)s::text IS NULL THEN status NOT IN ('done', 'superseded') ELSE status = %(status)s END
ORDER BY created_at, entry_key LIMIT %(limit)s;

-- name: decide
UPDATE outbox SET status = %(status)s, settled_at = now() WHERE entry_key = %(key)s AND status = 'unknown'
RETURNING entry_key;

-- name: add_webhook
INSERT INTO webhooks (webhook_id, url, secret, types) VALUES (%(webhook_id)s, %(url)s, %(secret)s, %(types)s);

-- name: find_webhook
SELECT * FROM webhooks WHERE webhook_id = %(webhook_id)s;

-- name: webhooks
SELECT * FROM webhooks ORDER BY created_at, webhook_id;

-- name: disable_webhook
UPDATE webhooks SET disabled_at = now(), disabled_why = %(why)s
WHERE webhook_id = %(webhook_id)s AND disabled_at IS NULL RETURNING webhook_id;

-- name: enable_webhook
UPDATE webhooks SET disabled_at = NULL, disabled_why = NULL
WHERE webhook_id = %(webhook_id)s AND disabled_at IS NOT NULL RETURNING webhook_id;
