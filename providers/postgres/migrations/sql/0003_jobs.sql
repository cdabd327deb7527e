-- From facts to deliveries, in the transaction of the fact: an event puts an entry into the outbox for each webhook that
-- wants it, and new entries a job for each of their lanes into the queue. A job holds ids only.

CREATE FUNCTION post_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (entry_key, session_id, kind, lane, webhook_id, event_n)
    SELECT e.session_id || '/' || e.n || '/' || w.webhook_id, e.session_id, 'webhook',
           w.webhook_id || '/' || e.session_id, w.webhook_id, e.n
    FROM news e JOIN webhooks w ON w.disabled_at IS NULL AND (w.types IS NULL OR e.type = ANY(w.types))
    ORDER BY e.n
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER post AFTER INSERT ON events REFERENCING NEW TABLE AS news
    FOR EACH STATEMENT EXECUTE FUNCTION post_events();

-- What retention looks for, each a part of its table that is small where retention works.
CREATE INDEX turns_answered ON turns (tenant_id, finished_at) WHERE answers <> '{}';
CREATE INDEX sessions_ended ON sessions (tenant_id, closed_at) WHERE status <> 'active';
CREATE INDEX outbox_done ON outbox (tenant_id, settled_at) WHERE status = 'done';

CREATE FUNCTION queue_lanes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM procrastinate_defer_jobs_v1(array_agg(ROW(
        'outbox', 'deliver', 0, NULL, NULL, jsonb_build_object('tenant_id', l.tenant_id, 'lane', l.lane), NULL
    )::procrastinate_job_to_defer_v1)) FROM (SELECT DISTINCT tenant_id, lane FROM news) l HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER queue AFTER INSERT ON outbox REFERENCING NEW TABLE AS news
    FOR EACH STATEMENT EXECUTE FUNCTION queue_lanes();
